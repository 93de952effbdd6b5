import { readdirSync } from 'node:fs';
import { errorCode } from '../../platform/error-code.ts';
import { fileOwner } from '../../platform/file-owner.ts';
import { pathsOf } from './paths.ts';
import { isDenied } from './state-file.ts';

/** A folder of the checkout's state that this user may not read, and whose it is. */
export interface DeniedState {
  readonly path: string;
  readonly owner: string;
}

/** `null`: all of it can be read, or is not there. What cannot be read is never taken for what is not there. */
export function findDeniedState(root: string): DeniedState | null {
  const { logs, state, runs } = pathsOf(root);
  for (const path of [logs, state, runs]) {
    try {
      readdirSync(path);
    } catch (thrown) {
      const code = errorCode(thrown);
      if (code === undefined) throw thrown;
      if (isDenied(code)) return { path, owner: fileOwner(path) };
      return null;
    }
  }
  return null;
}
