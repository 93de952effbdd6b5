import { chmodSync, constants, copyFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { placeNewFile } from './place-new-file.ts';

/**
 * Copies a file with its permissions to a name that is not taken: whole, or not at all. `false`: something bears the
 * name, and stays as it is. Throws what the file system throws.
 */
export function copyNewFile(from: string, to: string): boolean {
  const temporary = join(dirname(to), `.${basename(to)}.${process.pid}.tmp`);
  // A link of that name would have its target overwritten.
  rmSync(temporary, { force: true });
  return placeNewFile(to, temporary, () => {
    copyFileSync(from, temporary, constants.COPYFILE_EXCL);
    // A copy of a read-only example is to be filled in.
    chmodSync(temporary, (statSync(from).mode & 0o777) | 0o600);
  });
}
