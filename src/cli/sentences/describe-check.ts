import type { CheckedFile } from '../../manifest/check-files.ts';
import type { EntryState } from '../../manifest/judge-entry.ts';
import { lineUp } from '../screen/columns.ts';

const WORDS: Readonly<Record<EntryState, string>> = {
  'as-written': '',
  missing: 'missing',
  edited: 'edited',
  'not-runnable': 'not runnable',
  blocked: 'in the way',
};

const REMEDY = '`npx devgen generate` mends what is missing and shows what was edited';

/** The generated files that are not as they should be, and what to do about it. */
export function describeCheck(files: readonly CheckedFile[]): readonly string[] {
  const wrong = files.filter(({ state }) => state !== 'as-written');
  if (wrong.length === 0) return ['all generated files are as devgen wrote them'];
  const differ = wrong.length === 1 ? 'is not as devgen wrote it' : 'are not as devgen wrote them';
  return [
    ...lineUp(wrong.map(({ path, state }) => [`  ${WORDS[state]}`, path])),
    `${wrong.length} of ${files.length} generated files ${differ}; ${REMEDY}`,
  ];
}
