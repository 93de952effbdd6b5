import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { openRegularFile } from './regular-file.ts';

const PIECE_BYTES = 1024 * 1024;

/** SHA-256 of a file's content, in hexadecimal. Reads in pieces: a file may be larger than memory. */
export function hashFile(path: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const descriptor = openRegularFile(path);
  try {
    for (;;) {
      const count = readSync(descriptor, piece, 0, PIECE_BYTES, null);
      if (count === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
}
