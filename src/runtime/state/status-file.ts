import { readdirSync } from 'node:fs';
import { err, type Result } from '../../base/result.ts';
import { errorCode } from '../../platform/error-code.ts';
import { pathsOf } from './paths.ts';
import { type ServiceStatus, serviceStatusShape } from './service-status.ts';
import { readStateFile, type Unread, type Unwritable, writeOrRemove } from './state-file.ts';

/** The status as it was last written; judge it (`judge-status.ts`) before believing that anything runs. */
export function readStatus(root: string, service: string): Result<ServiceStatus, Unread> {
  const status = readStateFile(pathsOf(root).status(service), serviceStatusShape);
  return status.ok && isForged(status.value, service) ? err('damaged') : status;
}

/** A status of another service, or whose pid and identity name two processes, was copied or edited by hand. */
function isForged({ service, pid, identity }: ServiceStatus, asked: string): boolean {
  return service !== asked || (identity !== null && identity.pid !== pid);
}

/** Readers see the old status or the new one, never a part; on a full disk rather none than one that is not true. */
export function writeStatus(root: string, status: ServiceStatus): Result<null, Unwritable> {
  return writeOrRemove(pathsOf(root).status(status.service), textOf(status));
}

/** For other tools; devgen itself never reads it back. */
export function writePublicStatus(root: string, status: ServiceStatus): Result<null, Unwritable> {
  return writeOrRemove(pathsOf(root).publicStatus(status.service), textOf(status));
}

function textOf(status: ServiceStatus): string {
  return `${JSON.stringify(status, null, 2)}\n`;
}

/** The services of this checkout that have a status, readable or not, in alphabetical order. */
export function servicesWithStatus(root: string): readonly string[] {
  let files: string[];
  try {
    files = readdirSync(pathsOf(root).statuses);
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return []; // Nothing ever ran here, or it is not ours to read.
  }
  return files.flatMap((file) => /^([^.].*)\.json$/.exec(file)?.[1] ?? []).sort();
}
