import type { DiskEntry } from '../manifest/disk-entry.ts';
import type { DesiredFile } from './engine/desired-file.ts';
import type { Notice } from './report.ts';

/**
 * What is generated without the parts of the user's files that no part can be put into, unless they were asked for: a
 * link is not followed, because what it leads to is another file, with rules of its own.
 */
export function leaveOut(
  files: readonly DesiredFile[],
  disk: ReadonlyMap<string, DiskEntry>,
): { readonly desired: readonly DesiredFile[]; readonly leftOut: readonly Notice[] } {
  const desired: DesiredFile[] = [];
  const leftOut: Notice[] = [];
  for (const file of files) {
    const entry = disk.get(file.path);
    const mayGo = 'blocked' in file && file.blocked === 'leave-out';
    if (mayGo && entry?.kind === 'blocked') leftOut.push({ kind: 'left-out', path: file.path, reason: entry.reason });
    else desired.push(file);
  }
  return { desired, leftOut };
}
