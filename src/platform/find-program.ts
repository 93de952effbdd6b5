import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { expectCodes } from './error-code.ts';

/** `file`: what was found; empty when it is missing. */
export interface FoundProgram {
  readonly kind: 'found' | 'missing' | 'not-executable';
  readonly file: string;
}

/**
 * What the system would execute: a path counts from `cwd`, a name is looked for in the folders of `path`. Windows is
 * not judged.
 */
export function findProgram(program: string, cwd: string, path = ''): FoundProgram {
  if (process.platform === 'win32') return { kind: 'found', file: '' };
  const folders = program.includes('/') ? [''] : path.split(delimiter);
  const files = folders.map((folder) => resolve(cwd, join(folder, program))).filter(isFile);
  const file = files.find((each) => isAllowed(each, constants.X_OK));
  if (file !== undefined) return { kind: 'found', file };
  return files[0] === undefined ? { kind: 'missing', file: '' } : { kind: 'not-executable', file: files[0] };
}

/** Whether this user may do so with a file. */
export function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch (thrown) {
    // Another user's, not marked as a program, read-only, gone.
    expectCodes(thrown, ['EACCES', 'EPERM', 'EROFS', 'ETXTBSY', 'ENOENT', 'ENOTDIR', 'ELOOP']);
    return false;
  }
}

/** What cannot be seen counts as missing. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (thrown) {
    expectCodes(thrown, ['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);
    return false;
  }
}
