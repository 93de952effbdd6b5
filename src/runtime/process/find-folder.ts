import { statSync } from 'node:fs';
import { err, ok, type Result } from '../../base/result.ts';
import { errorCode } from '../../platform/error-code.ts';
import type { Failure } from '../state/lifecycle.ts';

export type FolderFailure = Extract<Failure, { reason: 'cwd-missing' | 'spawn-failed' }>;

/** The folder that a command is to run in, or why it cannot: missing, a file, a link loop, not ours to enter. */
export function findFolder(path: string): Result<string, FolderFailure> {
  try {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return isFolder ? ok(path) : err({ reason: 'cwd-missing', cwd: path });
  } catch (cause) {
    const code = errorCode(cause);
    if (code === undefined || !(cause instanceof Error)) throw cause;
    return err({ reason: 'spawn-failed', code, message: cause.message });
  }
}
