import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BACKUPS_PATH } from '../../manifest/project-path.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import { writeFileAtomic } from '../../platform/write-file-atomic.ts';
import { renderSums, sumsPath } from './backup-sums.ts';

export interface Original {
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Copies these files' content to a folder of its own, named for the time, and reads each copy back; their hashes go
 * beside the folder. A copy has the mode of its original. Returns the folder relative to the root, `null` when there is
 * nothing to copy. Throws when a copy cannot be written or differs: then nothing may be changed.
 */
export function backUp(root: string, originals: readonly Original[], now: Date): string | null {
  if (originals.length === 0) return null;
  const folder = freeFolder(root, now.toISOString().slice(0, 19).replaceAll(':', '-'));
  for (const { path, content } of originals) {
    const copy = join(root, folder, path);
    makeFolder(dirname(copy));
    writeFileAtomic(copy, content, { durable: true, mode: statSync(join(root, path)).mode & 0o777 });
    if (!readRegularFile(copy).equals(content)) throw new Error(`the copy ${folder}/${path} differs from its original`);
  }
  writeFileAtomic(join(root, sumsPath(folder)), renderSums(originals), { durable: true });
  // Copies stay on this machine: git sees neither them nor this file.
  const ignore = join(root, BACKUPS_PATH, '.gitignore');
  if (!existsSync(ignore)) writeFileAtomic(ignore, '*\n', { mode: 0o644 });
  return folder;
}

function freeFolder(root: string, date: string): string {
  for (let count = 1; ; count++) {
    const folder = `${BACKUPS_PATH}/${count === 1 ? date : `${date}-${count}`}`;
    if (!existsSync(join(root, folder))) return folder;
  }
}
