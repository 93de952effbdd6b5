import { closeSync, fstatSync, readSync } from 'node:fs';
import { openLog } from './open-log.ts';

const NEWLINE = 10;
const BLOCK_BYTES = 64 * 1024;
/** No tail is longer, whatever its lines are. */
const LONGEST_TAIL_BYTES = 16 * 1024 * 1024;

export interface TailStart {
  readonly offset: number;
  /** How many lines there are from there on: fewer than wanted when the file has no more. */
  readonly lines: number;
}

/** Where the last `lines` lines between byte `from` and byte `until` begin. Reads backwards, and only what it must. */
export function tailStart(
  path: string,
  lines: number,
  { from = 0, until = Number.POSITIVE_INFINITY }: { readonly from?: number; readonly until?: number } = {},
): TailStart {
  const descriptor = lines > 0 ? openLog(path) : undefined;
  if (descriptor === undefined) return { offset: from, lines: 0 };
  try {
    const end = Math.min(fstatSync(descriptor).size, until);
    const least = Math.max(from, end - LONGEST_TAIL_BYTES);
    return searchBackwards(descriptor, { least, end, lines });
  } finally {
    closeSync(descriptor);
  }
}

function searchBackwards(
  descriptor: number,
  { least, end, lines }: { readonly least: number; readonly end: number; readonly lines: number },
): TailStart {
  if (end <= least) return { offset: least, lines: 0 };
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let found = 0;
  // The last byte belongs to the last line, be it its newline or not.
  for (let upper = end - 1; upper > least; ) {
    const lower = Math.max(least, upper - BLOCK_BYTES);
    const count = readSync(descriptor, block, 0, upper - lower, lower);
    for (let at = block.lastIndexOf(NEWLINE, count - 1); at !== -1 && count > 0; ) {
      found++;
      if (found === lines) return { offset: lower + at + 1, lines };
      at = at === 0 ? -1 : block.lastIndexOf(NEWLINE, at - 1);
    }
    upper = lower;
  }
  return { offset: least, lines: found + 1 };
}
