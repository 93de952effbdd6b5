import { openSync, type Stats, statSync } from 'node:fs';
import { expectCodes } from '../../platform/error-code.ts';

/** A descriptor for reading, which the caller closes; `undefined`: there is no such file, or a folder has its name. */
export function openLog(path: string): number | undefined {
  if (statLog(path) === undefined) return undefined;
  try {
    return openSync(path, 'r');
  } catch (error) {
    expectCodes(error, MISSING);
    return undefined;
  }
}

/** `undefined` exactly as in `openLog`. */
export function statLog(path: string): Stats | undefined {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    return status?.isDirectory() === true ? undefined : status;
  } catch (error) {
    expectCodes(error, MISSING);
    return undefined;
  }
}

/** The folder may be a file. */
const MISSING = ['ENOENT', 'ENOTDIR'];
