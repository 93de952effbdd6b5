import { accessSync, constants } from 'node:fs';
import { err, ok, type Result } from '../../base/result.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { pathsOf } from '../state/paths.ts';
import type { ClientFailure } from './client-failure.ts';

/** Makes the folders that the runtime writes into, or says which one cannot be written. */
export function ensureStateDirectory(root: string): Result<null, ClientFailure> {
  const { runs, logs } = pathsOf(root);
  for (const directory of [runs, logs]) {
    try {
      makeFolder(directory, 0o700);
      accessSync(directory, constants.W_OK);
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'EIO';
      return err({ reason: 'state-unwritable', path: directory, code });
    }
  }
  return ok(null);
}
