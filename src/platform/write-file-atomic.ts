import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expectCodes } from './error-code.ts';
import { insistOn } from './insist-on.windows.ts';

export interface WriteOptions {
  /** Permission bits, whatever the umask is; 0600 unless given. */
  readonly mode?: number;
  /** Survives a power cut; costs a few ms, so only for what the user wrote or must keep. */
  readonly durable?: boolean;
  /** What becomes of a symbolic link in the file's place; `followed` unless given. */
  readonly link?: 'followed' | 'replaced';
}

/**
 * Replaces a file whole: readers see the old text or the new one, never a part, and a full disk leaves the old one. A
 * symbolic link stays and its target is replaced, unless asked otherwise. Throws what the file system throws;
 * the temporary file never stays behind.
 */
export function writeFileAtomic(
  path: string,
  text: string | Uint8Array,
  { mode = 0o600, durable = false, link = 'followed' }: WriteOptions = {},
): void {
  const target = link === 'followed' ? throughLink(path) : path;
  const temporary = join(
    dirname(target),
    `.${basename(target)}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`,
  );
  try {
    writeWhole(temporary, text, { mode, durable });
    if (process.platform === 'win32') insistOn(() => renameSync(temporary, target));
    else renameSync(temporary, target);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
  if (durable) syncDirectory(dirname(target));
}

function writeWhole(
  path: string,
  text: string | Uint8Array,
  { mode, durable }: Required<Omit<WriteOptions, 'link'>>,
): void {
  const descriptor = openSync(path, 'wx', mode);
  try {
    fchmodSync(descriptor, mode);
    writeFileSync(descriptor, text);
    if (durable) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function throughLink(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (!isLink) return path;
  try {
    return realpathSync(path);
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT']); // Points to nothing: the link itself is replaced.
    return path;
  }
}

/** The new name is durable only when its directory is; Windows cannot open one and needs it not. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
