import { existsSync } from 'node:fs';
import { readTextIfThere } from '../../../platform/regular-file.ts';
import { decisiveLines } from '../../errors/decisive-lines.ts';
import { findRemedy } from '../../errors/find-remedy.ts';
import { missingProgramRemedy } from '../../errors/missing-packages.ts';
import { lastLines, QUOTED_LINES } from '../../logs/read-tail.ts';
import type { Remedy } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { findNumber } from './find-number.ts';

/** As long as the longest trace that is worth reading. */
const SEARCHED_LINES = 400;

/** What a run wrote last that tells why it does not go on, and what mends that. */
export interface LastWords {
  readonly lastLines: readonly string[];
  readonly remedy: Remedy | null;
}

export const NO_WORDS: LastWords = { lastLines: [], remedy: null };

export function lastWords({ log, logOffset, cwd, port }: RunRecord, root: string): LastWords {
  const { lines, error } = decisiveLines(lastLines(log, SEARCHED_LINES, logOffset), QUOTED_LINES);
  const placeOf = (number: number) => findNumber(number, { folder: cwd, root });
  const sufferer = { folder: cwd, root, port, exists: existsSync, read: readTextIfThere, placeOf };
  const remedy = error === null ? null : findRemedy(error, sufferer);
  return { lastLines: lines, remedy: remedy ?? missingProgramRemedy(lines.join('\n'), sufferer) };
}
