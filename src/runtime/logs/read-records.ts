import { parseJson } from '../../base/parse-shape.ts';
import type { Shape } from '../../base/shape.ts';
import { readLines } from './read-lines.ts';

/**
 * What an `EventLog` wrote to a file of lines, that of `FILE.1` before it, oldest first; lines that are of another
 * shape or cut off are left out, and a file that is not there has none.
 */
export function readRecords<Value>(path: string, shape: Shape<Value>): readonly Value[] {
  return [`${path}.1`, path].flatMap((file) =>
    Array.from(readLines(file, 0), ({ text }) => parseJson(text, shape)).filter((record) => record !== undefined),
  );
}
