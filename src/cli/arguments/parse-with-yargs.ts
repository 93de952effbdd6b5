import { Parser } from 'yargs/helpers';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { NamedText } from '../rows/row.ts';
import { badArguments, type Mistake } from './bad-arguments.ts';
import type { OptionSpec } from './option-table.ts';
import type { RawCommand } from './raw-command.ts';
import { settleFlags } from './settle-flags.ts';

/** Takes the words behind a command's name apart; what does not belong there is a diagnostic. */
export function parseWithYargs(
  text: NamedText,
  words: readonly string[],
  program: string,
): Result<RawCommand, Diagnostic> {
  const valued = text.options.filter(({ value }) => value !== null);
  const flags = text.options.filter(({ value }) => value === null);
  const settled = settleFlags(words, text.options);
  if (!settled.ok) return err(badArguments(settled.error, text, program));
  const parsed: Parsed = Parser([...settled.value], {
    string: valued.map(({ name }) => name),
    boolean: flags.map(({ name }) => name),
    alias: Object.fromEntries(text.options.map(({ name, short }) => [name, short ?? []])),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      // An option that is given twice means what it says last.
      'duplicate-arguments-array': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
      'unknown-options-as-args': true,
    },
  });
  const raw = rawCommand(text, parsed);
  const mistake = mistakeIn(raw, parsed, text);
  return mistake === undefined ? ok(raw) : err(badArguments(mistake, text, program));
}

type Parsed = Readonly<Record<string, unknown>>;

function rawCommand({ name, positional, options }: NamedText, parsed: Parsed): RawCommand {
  const words = listOf(parsed._);
  const behind = listOf(parsed['--']);
  return {
    name,
    ...(positional?.handsOn ? { positionals: words, rest: behind } : { positionals: [...words, ...behind], rest: [] }),
    options: optionsOf(parsed, options),
  };
}

function mistakeIn(raw: RawCommand, parsed: Parsed, { positional, options }: NamedText): Mistake | undefined {
  const [unknown] = unknownOptions(parsed, options);
  if (unknown !== undefined) return { kind: 'unknown-option', word: unknown };
  const withoutValue = options.find(({ name }) => raw.options[name] === '');
  if (withoutValue !== undefined) return { kind: 'missing-value', option: withoutValue.name };
  if (positional?.count === 'exactly-one' && raw.positionals.length === 0) return { kind: 'missing-argument' };
  const most = positional === null ? 0 : positional.count === 'any-number' ? Number.POSITIVE_INFINITY : 1;
  const [surplus] = raw.positionals.slice(most);
  return surplus === undefined ? undefined : { kind: 'unknown-argument', word: surplus };
}

/** yargs leaves them among the words, as they were written; only the negation of an option becomes a key of its own. */
function unknownOptions(parsed: Parsed, options: readonly OptionSpec[]): readonly string[] {
  const known = new Set(['_', '--', ...options.map(({ name }) => name)]);
  return [
    ...listOf(parsed._).filter((word) => word.startsWith('-') && word !== '-'),
    ...Object.keys(parsed).flatMap((key) => (known.has(key) ? [] : [`--${key}`])),
  ];
}

function listOf(words: unknown): readonly string[] {
  return Array.isArray(words) ? words.map(String) : [];
}

function optionsOf(parsed: Parsed, specs: readonly OptionSpec[]): Readonly<Record<string, string | true>> {
  const options: Record<string, string | true> = {};
  for (const { name } of specs) {
    const given = parsed[name];
    if (given === true || typeof given === 'string') options[name] = given;
  }
  return options;
}
