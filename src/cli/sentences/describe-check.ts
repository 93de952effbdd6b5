import { quoteWord } from '../../base/quote-word.ts';
import type { CheckedFile } from '../../manifest/check-files.ts';
import { lineUp } from '../screen/columns.ts';

const WORDS: Readonly<Record<CheckedFile['state'], string>> = {
  'as-written': '',
  missing: 'missing',
  edited: 'edited',
  'not-runnable': 'not runnable',
  'mode-lost': 'not runnable in a clone',
  blocked: 'in the way',
};

const REMEDY = '`npx devgen generate` mends what is missing and shows what was edited';

/** The generated files that are not as they should be, and what to do about it. */
export function describeCheck(files: readonly CheckedFile[]): readonly string[] {
  const wrong = files.filter(({ state }) => state !== 'as-written');
  if (wrong.length === 0) return ['all generated files are as devgen wrote them'];
  const lost = wrong.filter(({ state }) => state === 'mode-lost').map(({ path }) => path);
  const differ = wrong.length === 1 ? 'is not as devgen wrote it' : 'are not as devgen wrote them';
  const remedies = [
    ...(wrong.length > lost.length ? [REMEDY] : []),
    ...(lost.length > 0 ? [`\`${recordModes(lost)}\` has git record what can be run`] : []),
  ];
  return [
    ...lineUp(wrong.map(({ path, state }) => [`  ${WORDS[state]}`, path])),
    `${wrong.length} of ${files.length} generated files ${differ}; ${remedies.join('; ')}`,
  ];
}

/** Where `core.fileMode` is false, git learns of the executable bit in no other way. */
export function recordModes(paths: readonly string[]): string {
  return `git add --chmod=+x ${paths.map(quoteWord).join(' ')}`;
}
