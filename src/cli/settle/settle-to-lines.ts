import type { Words } from '../../runtime/sentences/sentence.ts';
import type { Screen } from '../screen/screen.ts';
import { describeSettled } from '../sentences/describe-settled.ts';
import { capLines } from './cap-lines.ts';
import { MOST_BYTES } from './most-bytes.ts';
import type { SettleReport } from './settle-report.ts';

/** The report for people; masked before long lines of it are cut. */
export function settleToLines(
  report: SettleReport,
  screen: Pick<Screen, 'masked' | 'paintOut'>,
  words: Words,
): readonly string[] {
  const masked = { ...report, errors: screen.masked(report.errors) };
  const lines = describeSettled(masked, { paint: screen.paintOut, words, now: Date.now() });
  return capLines(lines, MOST_BYTES, `… \`${words.program} errors\` has the rest`);
}
