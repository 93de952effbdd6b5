import { statLog } from './open-log.ts';
import { readLines } from './read-lines.ts';
import { tailStart } from './tail-start.ts';

/** Lines may be of any length, and are all held at once. */
const LARGEST_TAIL_BYTES = 16 * 1024 * 1024;

/** How many lines a failure quotes. */
export const QUOTED_LINES = 20;

/**
 * The last lines of a file, oldest first; empty when there is no file. Nothing before byte `fromOffset` counts, which
 * is ignored beyond the end of a file that was rotated meanwhile. As fast for a gigabyte as for a page.
 */
export function lastLines(path: string, count: number, fromOffset = 0): string[] {
  const size = statLog(path)?.size ?? 0;
  const from = fromOffset <= size ? fromOffset : 0;
  const { offset } = tailStart(path, count, { from, until: size, mostBytes: LARGEST_TAIL_BYTES });
  return count <= 0 ? [] : [...readLines(path, offset, size)].map(({ text }) => text);
}

/** The last lines that were written from byte `fromOffset` on, as many as a failure quotes. */
export function closingLines(path: string, fromOffset: number): string[] {
  return lastLines(path, QUOTED_LINES, fromOffset);
}
