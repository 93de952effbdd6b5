import type { StatusCommand } from '../commands/status.ts';
import type { DocumentOf } from '../documents/documents.ts';
import { describeSystem } from '../sentences/describe-resources.ts';
import { describeRunning } from '../sentences/describe-running.ts';
import { describeUse } from '../sentences/describe-use.ts';
import { statusDetails } from '../sentences/status-details.ts';
import { statusTable, type TableStyle } from '../sentences/status-table.ts';
import { statusToJson } from './status-to-json.ts';
import type { ServicePorts } from './survey-ports.ts';
import type { StatusReport } from './take-report.ts';
import { useToJson } from './use-to-json.ts';

/** The lines of a report for people. */
export function renderReport(
  { views, commands, use, usages, lastLines, system, ports }: StatusReport,
  detail: StatusCommand['detail'],
  style: TableStyle,
): readonly string[] {
  const whole = { ...style, ...(usages && { usages }), ...(lastLines && { lastLines }), ...(ports && { ports }) };
  const services = detail === 'table' ? statusTable(views, whole) : statusDetails(views, whole);
  const lines = [...services, ...describeRunning(commands, style), ...describeUse(use, style)];
  return system === null ? lines : [...lines, '', ...describeSystem(system, style.paint)];
}

/** The document of a report for programs. */
export function reportToJson(
  project: string,
  { views, commands, use, usages, lastLines, system, ports }: StatusReport,
  detail: StatusCommand['detail'],
): DocumentOf<'status'> {
  const services = views.map((view) => {
    const { service } = view.status;
    return {
      ...statusToJson(view, detail),
      ...(ports && portsToJson(ports.get(service))),
      ...(usages && { resources: usages.get(service) ?? null }),
      ...(lastLines && { lastLines: lastLines.get(service) ?? [] }),
    };
  });
  return { project, services, ...(commands.length > 0 && { commands }), ...useToJson(use), ...(system && { system }) };
}

function portsToJson(ports: ServicePorts | undefined) {
  const { listening = [], connections = 0, wanted = null } = ports ?? {};
  const state = wanted && { port: wanted.port, ...wanted.state };
  return { listening, connections, ...(state && { wantedPortState: state }) };
}
