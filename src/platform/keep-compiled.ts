import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ownUserId } from './own-user.ts';
import { pidExists } from './pid-exists.ts';

/** What V8 made of a file of the runtime. */
export interface Compiled {
  /** Where it is to be kept; its folder has the name of the build, and is one of several. */
  readonly file: string;
  readonly data: Buffer;
  readonly source: Buffer;
}

/** A disk with less than this to spare keeps it for what must be written. */
const LEAST_FREE_BYTES = 64 * 2 ** 20;
/** Of so many builds and versions of Node the code is kept, up to about 15 MB each. */
const MOST_KEPT = 4;

/**
 * Keeps it as `load-compiled.ts` reads it. What cannot be kept (a full disk, no home) is compiled again the next time.
 * Built to `keep.cjs`, because it is seldom needed.
 */
export function keepCompiled({ file, data, source }: Compiled): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const kept = dirname(file);
  try {
    if (!isOwnersPlace(kept)) return;
    mkdirSync(kept, { recursive: true, mode: 0o700 });
    if (!hasRoom(kept)) return;
    removeOldest(dirname(kept));
    removeUnfinished(kept);
    const descriptor = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(descriptor, Buffer.concat([data, data, source]));
      fsyncSync(descriptor); // A name without its content after a power cut would be rubbish.
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
  } catch {
    discard(temporary);
  }
}

/** `sudo` may have left root with the home of a user, who could not write in a folder of root's there. */
function isOwnersPlace(path: string): boolean {
  if (process.platform === 'win32') return true;
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? isOwnersPlace(dirname(path)) : stat.uid === ownUserId();
}

function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Another process writes there.
  }
}

function hasRoom(path: string): boolean {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize >= LEAST_FREE_BYTES;
}

/** Those to which nothing has been added for the longest time. */
function removeOldest(folders: string): void {
  const names = readdirSync(folders);
  if (names.length <= MOST_KEPT) return;
  const byAge = names.map((name) => join(folders, name)).sort((one, other) => changedMs(other) - changedMs(one));
  for (const path of byAge.slice(MOST_KEPT)) discard(path);
}

function changedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** What a command was writing when it was killed. */
function removeUnfinished(kept: string): void {
  for (const name of readdirSync(kept)) {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid !== undefined && !pidExists(Number(pid))) discard(join(kept, name));
  }
}
