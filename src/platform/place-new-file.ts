import { linkSync, rmSync } from 'node:fs';
import { expectCodes } from './error-code.ts';

/**
 * Gives the file that `make` makes at `temporary` a name that is not taken: whole, or not at all. `false`: something
 * bears the name, and stays as it is. Throws what else the file system throws; `temporary` is gone in every case.
 */
export function placeNewFile(to: string, temporary: string, make: () => void): boolean {
  try {
    make();
    linkSync(temporary, to);
    return true;
  } catch (thrown) {
    expectCodes(thrown, ['EEXIST']);
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
}
