import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './error-code.ts';
import { userNameOf } from './process-details.ts';

/** Name or number of the user whose file it is; of one that may not be looked at, whose the folder around it is. */
export function fileOwner(path: string): string {
  try {
    const { uid } = statSync(path);
    return userNameOf(uid) ?? String(uid);
  } catch (thrown) {
    if (errorCode(thrown) === undefined || dirname(path) === path) throw thrown;
    return fileOwner(dirname(path));
  }
}
