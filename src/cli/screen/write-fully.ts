import { writeSync } from 'node:fs';
import { errorCode } from '../../platform/error-code.ts';

const FULL_PIPE_PAUSE_MS = 5;

/**
 * `closed`: the pipe's reader has left, which is no error. `lost`: there is no stream, or its terminal is gone. `full`:
 * there is no room behind a redirection.
 */
export type Written = 'written' | 'closed' | 'lost' | 'full';

/**
 * Writes all of `text`, waiting while a pipe is full. Synchronous, so that nothing is lost when the process exits next;
 * and without `process.stdout`, whose set-up costs several milliseconds.
 */
export function writeFully(fd: number, text: string): Written {
  const bytes = Buffer.from(text, 'utf8');
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EPIPE') return 'closed';
      // The terminal was closed, of which SIGHUP tells; or the caller closed the descriptor (`>&-`).
      if (code === 'EIO' || code === 'EBADF') return 'lost';
      if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'full';
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
    }
  }
  return 'written';
}
