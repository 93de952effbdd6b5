import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expectCodes } from './error-code.ts';

/** The path as the kernel names it, links resolved; of a file that has gone, that of its folder with its name. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR', 'EACCES']);
    const folder = dirname(path);
    return folder === path ? path : join(realPathOf(folder), basename(path));
  }
}
