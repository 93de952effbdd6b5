import { closeSync, constants, openSync, readSync } from 'node:fs';
import { errorCode } from './error-code.ts';

const POLL_MS = 5;

export interface PipeLimits {
  readonly maxBytes: number;
  readonly limitMs: number;
}

/**
 * What a writer puts into a named pipe until it closes it; `undefined`: none did in time, or it was more.
 * A pipe gives its content only once. Waits in place, so that a command reads it as it reads a file.
 */
export function readPipe(path: string, { maxBytes, limitMs }: PipeLimits): string | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const endMs = performance.now() + limitMs;
    const chunks: Buffer[] = [];
    for (let length = 0; performance.now() < endMs && length <= maxBytes; ) {
      const chunk = Buffer.allocUnsafe(64 * 1024);
      const count = readNow(descriptor, chunk);
      // Without a word so far its writer has yet to come; afterwards it has left.
      if (count === 0 && length > 0) return Buffer.concat(chunks).toString('utf8');
      if (count > 0) chunks.push(chunk.subarray(0, count));
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
      length += Math.max(0, count);
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

/** 0: no writer has it open. -1: one has, and has not written anything yet. */
function readNow(descriptor: number, into: Buffer): number {
  try {
    return readSync(descriptor, into);
  } catch (thrown) {
    if (errorCode(thrown) !== 'EAGAIN') throw thrown;
    return -1;
  }
}
