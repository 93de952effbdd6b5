import { closeSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { expectCodes } from './error-code.ts';

/** What reading another process' files may end with: it is gone, not ours to read, or a path of its is too long. */
const UNREADABLE = ['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR', 'EINVAL', 'ENAMETOOLONG'];

let buffer = Buffer.allocUnsafe(16 * 1024);

/**
 * Whole text of a file under /proc as Latin-1; `undefined` when the process is gone or the file is not ours to read.
 * Reads into one shared buffer: a third cheaper than `readFileSync`, which asks for the size first (always 0 here).
 */
export function readProcFile(path: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (thrown) {
    expectCodes(thrown, UNREADABLE);
    return undefined;
  }
  try {
    return readToEnd(descriptor);
  } catch (thrown) {
    expectCodes(thrown, UNREADABLE);
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** Target of a link under /proc, without the ` (deleted)` of a file that has gone; `undefined` as in `readProcFile`. */
export function readProcLink(path: string): string | undefined {
  try {
    return withoutDeleted(readlinkSync(path));
  } catch (thrown) {
    expectCodes(thrown, UNREADABLE);
    return undefined;
  }
}

/** The numbers of a process' open descriptors; none when it is gone or not ours to look into. */
export function descriptorsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch (thrown) {
    expectCodes(thrown, UNREADABLE);
    return [];
  }
}

function readToEnd(descriptor: number): string {
  let length = 0;
  for (;;) {
    if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) return buffer.toString('latin1', 0, length);
    length += count;
  }
}

function withoutDeleted(target: string): string {
  const suffix = ' (deleted)';
  return target.endsWith(suffix) ? target.slice(0, -suffix.length) : target;
}
