import { stripVTControlCharacters } from 'node:util';
import { statLog } from './open-log.ts';
import { readLines } from './read-lines.ts';
import { tailStart } from './tail-start.ts';

/** How many lines a failure quotes. */
const QUOTED_LINES = 20;

export interface TailOptions {
  /** Nothing before this byte counts; beyond the end of a file that was rotated meanwhile it is ignored. */
  readonly fromOffset?: number;
  /** Whether colours and cursor movements stay in the text; they do unless told otherwise. */
  readonly ansi?: 'keep' | 'strip';
}

/** The last lines of a file, oldest first; empty when there is no file. As fast for a gigabyte as for a page. */
export function lastLines(path: string, count: number, { fromOffset = 0, ansi = 'keep' }: TailOptions = {}): string[] {
  const size = statLog(path)?.size ?? 0;
  const from = fromOffset <= size ? fromOffset : 0;
  const { offset } = tailStart(path, count, { from, until: size });
  const lines: string[] = [];
  if (count <= 0) return lines;
  for (const { text } of readLines(path, offset, size)) {
    lines.push(ansi === 'strip' ? stripVTControlCharacters(text) : text);
  }
  return lines;
}

/** The last lines that were written from byte `fromOffset` on, as many as a failure quotes. */
export function closingLines(path: string, fromOffset: number): string[] {
  return lastLines(path, QUOTED_LINES, { fromOffset });
}
