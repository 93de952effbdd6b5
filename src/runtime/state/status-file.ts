import { err, type Result } from '../../base/result.ts';
import { pathsOf } from './paths.ts';
import type { ServiceStatus } from './service-status.ts';
import { readStateFile, type Unread, type Unwritable, writeStateFile } from './state-file.ts';
import { statusShape } from './status-shape.ts';

/** The status as it was last written; judge it (`judge-status.ts`) before believing that anything runs. */
export function readStatus(root: string, service: string): Result<ServiceStatus, Unread> {
  const status = readStateFile(pathsOf(root).status(service), statusShape);
  if (status.ok && status.value.service !== service) return err('unreadable');
  return status;
}

/** Readers see the old status or the new one, never a part. */
export function writeStatus(root: string, status: ServiceStatus): Result<null, Unwritable> {
  return writeStateFile(pathsOf(root).status(status.service), `${JSON.stringify(status, null, 2)}\n`);
}
