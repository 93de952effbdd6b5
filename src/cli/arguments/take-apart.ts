import type { NamedText } from '../rows/row.ts';
import type { OptionSpec } from './option-table.ts';
import type { RawCommand } from './raw-command.ts';

/** What needs no interpretation: names and numbers. */
const PLAIN_WORD = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * The words behind a command's name, when they are plain and beyond doubt; `undefined`: leave them to `parseWithYargs`,
 * which means the same by all that is understood here and explains what is wrong with the rest.
 */
export function takeApart(text: NamedText, words: readonly string[]): RawCommand | undefined {
  const positionals: string[] = [];
  const options: Record<string, string | true> = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--' && text.positional?.handsOn === true) {
      return rawCommand(text, positionals, { options, rest: words.slice(index + 1) });
    }
    if (PLAIN_WORD.test(word)) {
      positionals.push(word);
      continue;
    }
    const option = findOption(text, word);
    if (option === undefined || option.name in options) return undefined;
    if (option.value === null) {
      options[option.name] = true;
      continue;
    }
    const value = words[++index];
    if (value === undefined || !PLAIN_WORD.test(value)) return undefined;
    options[option.name] = value;
  }
  return rawCommand(text, positionals, { options, rest: [] });
}

function rawCommand(
  text: NamedText,
  positionals: readonly string[],
  others: Pick<RawCommand, 'options' | 'rest'>,
): RawCommand | undefined {
  return isRightCount(text, positionals.length) ? { name: text.name, positionals, ...others } : undefined;
}

function findOption(text: NamedText, word: string): OptionSpec | undefined {
  return text.options.find(({ name, short }) => word === `--${name}` || (short !== null && word === `-${short}`));
}

function isRightCount({ positional }: NamedText, count: number): boolean {
  switch (positional?.count) {
    case 'any-number':
      return true;
    case 'optional':
      return count <= 1;
    case 'exactly-one':
      return count === 1;
    case undefined:
      return count === 0;
  }
}
