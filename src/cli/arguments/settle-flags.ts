import { err, ok, type Result } from '../../base/result.ts';
import type { Mistake } from './bad-arguments.ts';
import type { OptionSpec } from './option-table.ts';

/**
 * The words with each flag either there or not: `--json=true` is `--json`, `--json=false` takes it back. Any other
 * value is a mistake: yargs would read it as false.
 */
export function settleFlags(
  words: readonly string[],
  options: readonly OptionSpec[],
): Result<readonly string[], Mistake> {
  const settled: string[] = [];
  for (const [index, word] of words.entries()) {
    if (word === '--') return ok([...settled, ...words.slice(index)]);
    const [, written = '', value = ''] = /^(--?[^=]+)=(.*)$/s.exec(word) ?? [];
    const flag = options.find((option) => option.value === null && namesOf(option).includes(written));
    if (flag === undefined) settled.push(word);
    else if (value === 'true') settled.push(`--${flag.name}`);
    else if (value !== 'false') return err({ kind: 'flag-value', option: written, value });
    else settled.splice(0, settled.length, ...settled.filter((each) => !namesOf(flag).includes(each)));
  }
  return ok(settled);
}

function namesOf({ name, short }: OptionSpec): readonly string[] {
  return [`--${name}`, ...(short === null ? [] : [`-${short}`])];
}
