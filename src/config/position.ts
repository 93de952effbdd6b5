import type { Position } from '../base/diagnostic.ts';

/**
 * The place of a range of UTF-16 offsets in a text; a range over several lines is marked up to the end of its first.
 */
export function positionOf(text: string, from: number, to: number): Position {
  const start = Math.min(Math.max(from, 0), text.length);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const nextBreak = text.indexOf('\n', lineStart);
  const excerpt = text.slice(lineStart, nextBreak === -1 ? text.length : nextBreak).replace(/\r$/, '');
  const column = Math.min(start - lineStart, excerpt.length) + 1;
  return {
    line: countLines(text, lineStart),
    column,
    length: Math.max(1, Math.min(to - start, excerpt.length - column + 1)),
    excerpt,
  };
}

function countLines(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
