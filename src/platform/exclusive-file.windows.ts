import { closeSync, constants, openSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';

/**
 * The flag with which libuv opens a file on Windows that no other handle may be opened for; Node has no name for it.
 * Source: docs.libuv.org, UV_FS_O_EXLOCK
 */
const EXCLUSIVE = 0x10000000;

/**
 * Opens a file, made when it is missing, so that no process can open it until this handle and every inherited copy of
 * it are closed, however their holders end; `undefined`: it is held. The caller closes it. Windows only.
 */
export function openExclusively(path: string): number | undefined {
  return openIfFree(path, constants.O_RDWR | constants.O_CREAT | EXCLUSIVE);
}

/** The file that is held for a lock. */
export function lockFile(name: string, directory: string): string {
  return join(directory, `${name}.lock`);
}

/** Whether a process holds the file by `openExclusively`; false when there is no such file. Costs no child process. */
export function isHeldExclusively(path: string): boolean {
  try {
    const descriptor = openIfFree(path, constants.O_RDWR | EXCLUSIVE);
    if (descriptor !== undefined) closeSync(descriptor);
    return descriptor === undefined;
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return false; // Missing, or not ours to open.
  }
}

function openIfFree(path: string, flags: number): number | undefined {
  try {
    return openSync(path, flags, 0o600);
  } catch (thrown) {
    if (errorCode(thrown) === 'EBUSY') return undefined;
    throw thrown;
  }
}
