import type { Result } from '../../base/result.ts';
import { pathsOf } from './paths.ts';
import { removeStateFile, type Unwritable, writeStateFile } from './state-file.ts';

/** Publishes the pid of a service's root process for other tools; devgen itself never reads it back. */
export function writePidFile(root: string, service: string, pid: number): Result<null, Unwritable> {
  return writeStateFile(pathsOf(root).pid(service), `${pid}\n`);
}

export function removePidFile(root: string, service: string): Result<null, Unwritable> {
  return removeStateFile(pathsOf(root).pid(service));
}
