import { closeSync, fstatSync, readSync } from 'node:fs';
import { openLog } from './open-log.ts';

const NEWLINE = 10;
const BLOCK_BYTES = 64 * 1024;
/** A line that is longer has no beginning for us. */
const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

export interface TailStart {
  readonly offset: number;
  /** How many lines there are from there on: fewer than wanted when the file has no more. */
  readonly lines: number;
}

export interface TailBounds {
  readonly from?: number;
  readonly until?: number;
  /** How much the tail may hold at most: then it has fewer lines, but for a line that alone is longer no torn one. */
  readonly mostBytes?: number;
}

/** Where the last `lines` lines between byte `from` and byte `until` begin. Reads backwards, and only what it must. */
export function tailStart(
  path: string,
  lines: number,
  { from = 0, until = Number.POSITIVE_INFINITY, mostBytes = Number.POSITIVE_INFINITY }: TailBounds = {},
): TailStart {
  const descriptor = lines > 0 ? openLog(path) : undefined;
  if (descriptor === undefined) return { offset: from, lines: 0 };
  try {
    const end = Math.min(fstatSync(descriptor).size, until);
    const least = Math.max(from, end - mostBytes);
    if (end <= least) return { offset: least, lines: 0 };
    let found = 0;
    let first = least;
    // The last byte belongs to the last line, be it its newline or not.
    for (const newline of newlinesBefore(descriptor, end - 1, least)) {
      found++;
      first = newline + 1;
      if (found === lines) return { offset: first, lines };
    }
    return least === from || found === 0 ? { offset: least, lines: found + 1 } : { offset: first, lines: found };
  } finally {
    closeSync(descriptor);
  }
}

/** Where the line begins that byte `offset` is a part of, or would be. */
export function lineStart(path: string, offset: number): number {
  const descriptor = offset > 0 ? openLog(path) : undefined;
  if (descriptor === undefined) return offset;
  try {
    const least = Math.max(0, offset - LONGEST_LINE_BYTES);
    for (const newline of newlinesBefore(descriptor, offset, least)) return newline + 1;
    return least === 0 ? 0 : offset;
  } finally {
    closeSync(descriptor);
  }
}

/** The offsets of the newlines from `least` up to `end`, which is not included, the last one first. */
function* newlinesBefore(descriptor: number, end: number, least: number): Generator<number, void> {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  for (let upper = end; upper > least; ) {
    const lower = Math.max(least, upper - BLOCK_BYTES);
    const count = readSync(descriptor, block, 0, upper - lower, lower);
    for (let at = count === 0 ? -1 : block.lastIndexOf(NEWLINE, count - 1); at !== -1; ) {
      yield lower + at;
      at = at === 0 ? -1 : block.lastIndexOf(NEWLINE, at - 1);
    }
    upper = lower;
  }
}
