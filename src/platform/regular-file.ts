import { closeSync, constants, fstatSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { errorCode } from './error-code.ts';
import { isLink } from './link-outside.ts';

/** No config, env file, manifest or state document is larger; what is would only fill the memory. */
export const LARGEST_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Makes the file when it is missing. */
export const APPENDING = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND;

/**
 * Opens a file without ever waiting: what is no regular file is refused before it is opened, because a pipe would wait
 * for its writer, and a device may do anything. Throws as `openSync` does, and with `EISDIR` for a folder, `EFTYPE`
 * (the BSDs' word) for a pipe, device or socket; for writing, also with `ELOOP` for a link, which may lead anywhere.
 * The caller closes it.
 */
export function openRegularFile(path: string, flags = constants.O_RDONLY, mode?: number): number {
  if (flags !== constants.O_RDONLY && isLink(path)) throw fileError('ELOOP', path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() === false) throw fileError(stats.isDirectory() ? 'EISDIR' : 'EFTYPE', path);
  // A pipe that took its place meanwhile does not hang us either. What is opened for writing, a service may inherit.
  return openSync(path, flags === constants.O_RDONLY ? flags | constants.O_NONBLOCK : flags, mode);
}

/** Adds to a file, which is made for this user's eyes when it is missing. Throws as `openRegularFile` does. */
export function appendToRegularFile(path: string, text: string): void {
  const descriptor = openRegularFile(path, APPENDING, 0o600);
  try {
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Puts a text in the place of a file's content, on the disk too: what a full disk still allows as long as it takes no
 * more room. One write, with blanks up to the old size, so that readers hardly see a part. Throws as `openRegularFile`
 * does, and with `ENOSPC` when there was room for a part only.
 */
export function overwriteRegularFile(path: string, text: string): void {
  const descriptor = openRegularFile(path, constants.O_WRONLY);
  try {
    const content = Buffer.from(text);
    const size = Math.max(content.length, fstatSync(descriptor).size);
    const padded = Buffer.concat([content, Buffer.alloc(size - content.length, ' ')]);
    if (writeSync(descriptor, padded, 0, size, 0) < size) throw fileError('ENOSPC', path);
  } finally {
    closeSync(descriptor);
  }
}

/** The whole content of a regular file. Throws as `openRegularFile` does, and with `EFBIG` for one with more bytes. */
export function readRegularFile(path: string): Buffer {
  const descriptor = openRegularFile(path);
  try {
    if (fstatSync(descriptor).size > LARGEST_DOCUMENT_BYTES) throw fileError('EFBIG', path);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function readRegularText(path: string): string {
  return readRegularFile(path).toString('utf8');
}

/** The same; `undefined`: there is no such file, or none that we may read. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readRegularText(path);
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return undefined;
  }
}

/** As the system's own errors look. */
function fileError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: no regular file of moderate size, or no room: '${path}'`), { code, path });
}
