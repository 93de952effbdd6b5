import { type CommandSpec, findCommandSpec } from '../command-table.ts';
import type { Command } from './command.ts';
import { expandShorthand, type KnownNames } from './expand-shorthand.ts';
import type { OptionSpec } from './option-table.ts';
import type { RawCommand } from './raw-command.ts';
import { toCommand } from './to-command.ts';

/** What needs no interpretation: names and numbers. */
const PLAIN_WORD = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * The command, when `argv` is plain and beyond doubt; `undefined`: leave it to `parseArgv`, which means the same by
 * everything that is understood here and explains what is wrong with the rest.
 */
export function parseQuickly(argv: readonly string[], names: KnownNames): Command | undefined {
  const expanded = expandShorthand(argv, names);
  if (expanded.kind === 'unknown') return undefined;
  const spec = findCommandSpec(expanded.verb);
  if (spec === undefined || spec.side !== 'runtime') return undefined;
  const raw = takeApart(spec, expanded.rest);
  if (raw === undefined) return undefined;
  const command = toCommand(raw);
  return command.ok ? command.value : undefined;
}

function takeApart(spec: CommandSpec, words: readonly string[]): RawCommand | undefined {
  const positionals: string[] = [];
  const options: Record<string, string | true> = {};
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--' && spec.positional?.handsOn === true) {
      return rawCommand(spec, positionals, { options, rest: words.slice(index + 1) });
    }
    if (PLAIN_WORD.test(word)) {
      positionals.push(word);
      continue;
    }
    const option = findOption(spec, word);
    if (option === undefined || option.name in options) return undefined;
    if (option.value === null) {
      options[option.name] = true;
      continue;
    }
    const value = words[++index];
    if (value === undefined || !PLAIN_WORD.test(value)) return undefined;
    options[option.name] = value;
  }
  return rawCommand(spec, positionals, { options, rest: [] });
}

function rawCommand(
  spec: CommandSpec,
  positionals: readonly string[],
  others: Pick<RawCommand, 'options' | 'rest'>,
): RawCommand | undefined {
  return isRightCount(spec, positionals.length) ? { verb: spec.name, positionals, ...others } : undefined;
}

function findOption(spec: CommandSpec, word: string): OptionSpec | undefined {
  return spec.options.find(({ name, short }) => word === `--${name}` || (short !== null && word === `-${short}`));
}

function isRightCount(spec: CommandSpec, count: number): boolean {
  switch (spec.positional?.count) {
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
