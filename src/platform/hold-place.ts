import { fstatSync, openSync, statSync } from 'node:fs';

export type Whereabouts = 'here' | 'moved' | 'gone';

/**
 * Holds a folder open and tells from then on whether it still is where it was. By device and inode: Node remembers the
 * working directory's path from the first time it was asked for.
 */
export function holdPlace(path: string): () => Whereabouts {
  if (process.platform === 'win32') return () => 'here'; // There it cannot be moved or removed while we use it.
  const descriptor = openSync(path, 'r');
  return () => {
    const held = fstatSync(descriptor);
    const now = statSync(path, { throwIfNoEntry: false });
    if (now !== undefined && now.dev === held.dev && now.ino === held.ino) return 'here';
    return held.nlink === 0 ? 'gone' : 'moved';
  };
}
