import { closeSync, lstatSync, type Stats } from 'node:fs';
import { errorCode, expectCodes } from '../../platform/error-code.ts';
import { isLink } from '../../platform/link-outside.ts';
import { openRegularFile } from '../../platform/regular-file.ts';

/** A descriptor for reading, which the caller closes; `undefined`: there is none, or what has its name is no file. */
export function openLog(path: string): number | undefined {
  if (statLog(path) === undefined) return undefined;
  try {
    return openRegularFile(path);
  } catch (error) {
    expectCodes(error, MISSING);
    return undefined;
  }
}

/**
 * The system's code for why a log that is there cannot be read, `EFTYPE` for a pipe, `ELOOP` for a link; `null`: it
 * can, or is absent.
 */
export function logTrouble(path: string): string | null {
  if (isLink(path)) return 'ELOOP';
  try {
    closeSync(openRegularFile(path));
    return null;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' ? null : code;
  }
}

/** `undefined` exactly as in `openLog`. */
export function statLog(path: string): Stats | undefined {
  try {
    const status = lstatSync(path, { throwIfNoEntry: false });
    return status?.isFile() === true ? status : undefined;
  } catch (error) {
    expectCodes(error, MISSING);
    return undefined;
  }
}

/** The folder may be a file. */
const MISSING = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EFTYPE'];
