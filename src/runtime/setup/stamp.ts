import { statSync } from 'node:fs';
import { expectCodes } from '../../platform/error-code.ts';

/** What tells without reading that a file did not change; `null`: there is no file. */
export type Stamp = string | null;

/** No file has this stamp: what bears it has to be read. */
export const UNTRUSTED = '';

/** Changes within one tick of a file system's clock cannot be told apart; the coarsest in use (FAT) has 2 s. */
const SETTLED_MS = 2000;

/** `folder`: what it holds would have to be looked through. */
export function stampOf(path: string): Stamp | 'folder' {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return 'folder';
    return `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG']);
    return null;
  }
}

/** The stamp, if a later change of the file would give another one for sure. */
export function trustedStamp(stamp: Stamp, nowMs: number): Stamp {
  if (stamp === null) return null;
  const [, changedMs = 0, touchedMs = 0] = stamp.split(' ').map(Number);
  return nowMs - Math.max(changedMs, touchedMs) > SETTLED_MS ? stamp : UNTRUSTED;
}
