import { closeSync, fstatSync, readSync } from 'node:fs';
import { decodeLine, LineSplitter, type PlacedLine } from './line-splitter.ts';
import { openLog } from './open-log.ts';

const BLOCK_BYTES = 64 * 1024;

/**
 * The lines from byte `from` to byte `until` or the end that the file has now, in bounded memory; a last line without
 * its newline is given too. The file is open until the iteration ends or is abandoned.
 */
export function* readLines(path: string, from: number, until = Number.POSITIVE_INFINITY): Generator<PlacedLine, void> {
  const descriptor = openLog(path);
  if (descriptor === undefined) return;
  try {
    const end = Math.min(fstatSync(descriptor).size, until);
    const splitter = new LineSplitter(from);
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    let at = from;
    while (at < end) {
      const count = readSync(descriptor, block, 0, Math.min(BLOCK_BYTES, end - at), at);
      if (count === 0) break;
      at += count;
      yield* splitter.push(block.subarray(0, count));
    }
    const { bytes, start } = splitter.rest();
    if (bytes.length > 0) yield { text: decodeLine(bytes), start };
  } finally {
    closeSync(descriptor);
  }
}
