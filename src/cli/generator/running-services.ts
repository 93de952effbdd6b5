import { existsSync, readdirSync } from 'node:fs';
import { judgeStatus } from '../../runtime/state/judge-status.ts';
import { pathsOf } from '../../runtime/state/paths.ts';
import { PRESENT } from '../../runtime/state/present.ts';
import { readStatus } from '../../runtime/state/status-file.ts';

const STATUS_FILE = /^(.+)_status\.json$/;

/** The services that run in this checkout, whether the config still knows them or not. */
export function runningServices(root: string): readonly string[] {
  const { logs } = pathsOf(root);
  if (!existsSync(logs)) return [];
  const names = readdirSync(logs).flatMap((file) => STATUS_FILE.exec(file)?.[1] ?? []);
  return names.filter((name) => isRunning(root, name)).sort();
}

function isRunning(root: string, service: string): boolean {
  const status = readStatus(root, service);
  return status.ok && judgeStatus(status.value, PRESENT).pid !== null;
}
