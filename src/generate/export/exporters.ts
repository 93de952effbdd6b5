import { COMPOSE } from './compose.ts';
import type { ExportFormat } from './export-format.ts';
import type { Exporter } from './exporter.ts';
import { KUBERNETES } from './kubernetes.ts';
import { LAUNCHD } from './launchd.ts';
import { PROCESS_COMPOSE } from './process-compose.ts';
import { PROCFILE } from './procfile.ts';
import { SYSTEMD } from './systemd.ts';

/** Every system that a project can be exported to: a new one is a new line here, and a file of its own. */
export const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  systemd: SYSTEMD,
  launchd: LAUNCHD,
  compose: COMPOSE,
  kubernetes: KUBERNETES,
  procfile: PROCFILE,
  'process-compose': PROCESS_COMPOSE,
};
