import { openSync } from 'node:fs';
import { expectCodes } from '../../platform/error-code.ts';

/** A descriptor for reading, which the caller closes; `undefined`: there is no such file. */
export function openLog(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    expectCodes(error, ['ENOENT', 'ENOTDIR']);
    return undefined;
  }
}
