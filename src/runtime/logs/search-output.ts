import { closeSync, fstatSync, readSync } from 'node:fs';
import { cleanText } from '../../base/clean-text.ts';
import { decodeLine, LineSplitter } from './line-splitter.ts';
import { openLog } from './open-log.ts';

const BLOCK_BYTES = 64 * 1024;

/**
 * A search for a line that matches, over what a run has written from byte `fromOffset` on. Each call looks only at what
 * came since the last one, an unfinished line included; once true it stays true.
 * Throws when the pattern is not a regular expression, which the config already excludes.
 */
export function searchOutput(path: string, fromOffset: number, pattern: string): () => boolean {
  const expression = new RegExp(pattern);
  const matches = (line: string): boolean => expression.test(cleanText(line, 'plain'));
  let splitter = new LineSplitter(fromOffset);
  let at = fromOffset;
  let found = false;

  const readOn = (descriptor: number): void => {
    const { size } = fstatSync(descriptor);
    if (size < at) {
      at = 0; // Rotated: what was there has been searched.
      splitter = new LineSplitter(0);
    }
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    while (!found && at < size) {
      const count = readSync(descriptor, block, 0, Math.min(BLOCK_BYTES, size - at), at);
      if (count === 0) break;
      at += count;
      found = splitter.push(block.subarray(0, count)).some(({ text }) => matches(text));
    }
    found ||= matches(decodeLine(splitter.rest().bytes));
  };

  return () => {
    const descriptor = found ? undefined : openLog(path);
    if (descriptor === undefined) return found;
    try {
      readOn(descriptor);
      return found;
    } finally {
      closeSync(descriptor);
    }
  };
}
