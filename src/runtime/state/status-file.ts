import { err, type Result } from '../../base/result.ts';
import { pathsOf } from './paths.ts';
import { type ServiceStatus, serviceStatusShape } from './service-status.ts';
import { readStateFile, type Unread, type Unwritable, writeStateFile } from './state-file.ts';

/** The status as it was last written; judge it (`judge-status.ts`) before believing that anything runs. */
export function readStatus(root: string, service: string): Result<ServiceStatus, Unread> {
  const status = readStateFile(pathsOf(root).status(service), serviceStatusShape);
  return status.ok && isForged(status.value, service) ? err('damaged') : status;
}

/** A status of another service, or whose pid and identity name two processes, was copied or edited by hand. */
function isForged({ service, pid, identity }: ServiceStatus, asked: string): boolean {
  return service !== asked || (identity !== null && identity.pid !== pid);
}

/** Readers see the old status or the new one, never a part. */
export function writeStatus(root: string, status: ServiceStatus): Result<null, Unwritable> {
  return writeStateFile(pathsOf(root).status(status.service), `${JSON.stringify(status, null, 2)}\n`);
}
