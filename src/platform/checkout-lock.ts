import { closeSync, realpathSync } from 'node:fs';
import { sha256 } from '../base/sha256.ts';
import { systemClock } from './clock.ts';
import { lockFile, openExclusively } from './exclusive-file.windows.ts';
import { acquireGenerationLock, awaitGenerationChange } from './generation-lock.ts';
import { lockSecret } from './lock-secret.ts';
import { makeFolder } from './make-folder.ts';
import { ownUserId } from './own-user.ts';
import { acquireSocketLock, awaitSocketRelease } from './socket-lock.ts';

/** Held until it is released or its process ends, however that happens. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes a lock that one process at a time can have; `undefined`: another process holds it.
 * `directory` (made when missing) and `name` together name the lock.
 * A socket without a file on Linux, a file opened for one process alone on Windows: the system frees both with their
 * holder. Generation files elsewhere. Does not keep the process alive. It cannot exclude a process in another network
 * namespace (Linux).
 */
export async function acquireLock(name: string, directory: string): Promise<Lock | undefined> {
  makeFolder(directory);
  if (process.platform === 'win32') return acquireFile(lockFile(name, directory));
  const address = socketAddress(name, directory);
  return address === undefined ? acquireGenerationLock(name, directory) : acquireSocketLock(address);
}

/**
 * Like `acquireLock`, but waits up to `timeoutMs` for the holder, and is told at once when it goes (Linux).
 */
export async function acquireLockWaiting(
  name: string,
  directory: string,
  timeoutMs: number,
): Promise<Lock | undefined> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const lock = await acquireLock(name, directory);
    const leftMs = deadlineMs - performance.now();
    if (lock !== undefined || leftMs <= 0) return lock;
    const address = socketAddress(name, directory);
    if (address === undefined) await awaitGenerationChange(leftMs);
    else await Promise.race([awaitSocketRelease(address, leftMs), systemClock.delay(leftMs)]);
  }
}

function acquireFile(path: string): Lock | undefined {
  let descriptor = openExclusively(path);
  if (descriptor === undefined) return undefined;
  return {
    release: async () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/**
 * Sockets without a file have no permissions: what other users cannot guess they cannot take. `undefined`: there are no
 * such sockets here.
 */
function socketAddress(name: string, directory: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const key = sha256(`${lockSecret()}\0${realpathSync(directory)}\0${name}`).slice(0, 32);
  return `\0devgen-${ownUserId()}-${key}`;
}
