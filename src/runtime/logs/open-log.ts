import { type Stats, statSync } from 'node:fs';
import { expectCodes } from '../../platform/error-code.ts';
import { openRegularFile } from '../../platform/regular-file.ts';

/** A descriptor for reading, which the caller closes; `undefined`: there is no such file, or what has its name is none. */
export function openLog(path: string): number | undefined {
  if (statLog(path) === undefined) return undefined;
  try {
    return openRegularFile(path);
  } catch (error) {
    expectCodes(error, MISSING);
    return undefined;
  }
}

/** `undefined` exactly as in `openLog`. */
export function statLog(path: string): Stats | undefined {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    return status?.isFile() === true ? status : undefined;
  } catch (error) {
    expectCodes(error, MISSING);
    return undefined;
  }
}

/** The folder may be a file. */
const MISSING = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EFTYPE'];
