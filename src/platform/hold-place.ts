import { existsSync, fstatSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findGitCheckout } from './git-checkout.ts';

export type Whereabouts = 'here' | 'moved' | 'gone';

/**
 * Holds a folder open and tells from then on whether it still is where it was. By device and inode: Node remembers the
 * working directory's path from the first time it was asked for. A worktree without its link to the repository is gone,
 * too: what removes one may leave the folder, as something has just been written there.
 */
export function holdPlace(path: string): () => Whereabouts {
  const checkout = findGitCheckout(path);
  const link = checkout?.isLinked === true ? join(checkout.root, '.git') : path;
  const whetherKept = (): Whereabouts => (existsSync(link) ? 'here' : 'gone');
  if (process.platform === 'win32') return whetherKept; // There the folder cannot be moved or removed while we use it.
  const descriptor = openSync(path, 'r');
  return () => {
    const held = fstatSync(descriptor);
    const now = statSync(path, { throwIfNoEntry: false });
    if (now !== undefined && now.dev === held.dev && now.ino === held.ino) return whetherKept();
    return held.nlink === 0 ? 'gone' : 'moved';
  };
}
