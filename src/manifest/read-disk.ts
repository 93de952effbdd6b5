import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode, expectCodes } from '../platform/error-code.ts';
import { keepsExecutableBit } from '../platform/executable-bit.ts';
import { readRegularFile } from '../platform/regular-file.ts';
import type { BlockedReason, DiskEntry } from './disk-entry.ts';
import { isSafePath } from './project-path.ts';

interface WantedPath {
  readonly path: string;
  /** What counts as the file's state where the system does not keep the bit. */
  readonly executable: boolean;
}

/** Reads what lies at these paths, following no symbolic link below the root. */
export function readDisk(root: string, paths: readonly WantedPath[]): ReadonlyMap<string, DiskEntry> {
  return new Map(paths.map((wanted) => [wanted.path, readEntry(root, wanted)]));
}

function readEntry(root: string, { path, executable }: WantedPath): DiskEntry {
  if (!isSafePath(path)) return blocked('unsafe-path');
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const parent = statOf(join(root, ...parts.slice(0, depth)));
    if (parent === undefined) return { kind: 'missing' };
    if (parent.isSymbolicLink()) return blocked('parent-symlink');
    if (!parent.isDirectory()) return blocked('parent-not-directory');
  }
  const file = join(root, ...parts);
  const stats = statOf(file);
  if (stats === undefined) return { kind: 'missing' };
  if (stats.isSymbolicLink()) return blocked('symlink');
  if (stats.isDirectory()) return blocked('directory');
  if (!stats.isFile()) return blocked('special-file');
  const mode = stats.mode & 0o777;
  try {
    const isExecutable = keepsExecutableBit() ? (mode & 0o100) !== 0 : executable;
    return { kind: 'file', content: readRegularFile(file), mode, executable: isExecutable };
  } catch (thrown) {
    expectCodes(thrown, ['EACCES', 'EPERM', 'EFBIG']);
    return blocked('unreadable');
  }
}

/** `undefined`: nothing is there. */
function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

function blocked(reason: BlockedReason): DiskEntry {
  return { kind: 'blocked', reason };
}
