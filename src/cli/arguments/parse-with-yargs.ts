import yargs from 'yargs';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { NamedText } from '../rows/row.ts';
import { badArguments, type Mistake } from './bad-arguments.ts';
import type { OptionSpec } from './option-table.ts';
import type { RawCommand } from './raw-command.ts';

/** Takes the words behind a command's name apart; what does not belong there is a diagnostic. */
export function parseWithYargs(
  text: NamedText,
  words: readonly string[],
  program: string,
): Result<RawCommand, Diagnostic> {
  let withoutValue: string | undefined;
  const parser = withOptions(
    yargs([...words])
      .locale('en')
      .help(false)
      .version(false)
      .exitProcess(false)
      .parserConfiguration({
        'boolean-negation': false,
        'camel-case-expansion': false,
        'dot-notation': false,
        'parse-numbers': false,
        'parse-positional-numbers': false,
        'populate--': true,
        'unknown-options-as-args': true,
      })
      // The one thing that yargs itself finds wrong here: its complaint becomes the option's name and nothing else.
      .updateStrings({ 'Not enough arguments following: %s': '%s' })
      .fail((complaint) => {
        withoutValue ??= complaint;
      }),
    text.options,
  );
  const parsed: Readonly<Record<string, unknown>> = parser.parseSync();
  const raw = rawCommand(text, parsed);
  const mistake = withoutValue === undefined ? mistakeIn(raw, parsed, text) : missingValue(withoutValue, text);
  return mistake === undefined ? ok(raw) : err(badArguments(mistake, text, program));
}

function rawCommand({ name, positional, options }: NamedText, parsed: Readonly<Record<string, unknown>>): RawCommand {
  const words = listOf(parsed._);
  const behind = listOf(parsed['--']);
  return {
    name,
    ...(positional?.handsOn ? { positionals: words, rest: behind } : { positionals: [...words, ...behind], rest: [] }),
    options: optionsOf(parsed, options),
  };
}

function missingValue(key: string, { options }: NamedText): Mistake {
  const option = options.find(({ name, short }) => name === key || short === key);
  return { kind: 'missing-value', option: option?.name ?? key };
}

function mistakeIn(
  { positionals }: RawCommand,
  parsed: Readonly<Record<string, unknown>>,
  { positional, options }: NamedText,
): Mistake | undefined {
  const unknown = unknownOptions(parsed, options)[0];
  if (unknown !== undefined) return { kind: 'unknown-option', word: unknown };
  if (positional?.count === 'exactly-one' && positionals.length === 0) return { kind: 'missing-argument' };
  const most = positional === null ? 0 : positional.count === 'any-number' ? Number.POSITIVE_INFINITY : 1;
  const [surplus] = positionals.slice(most);
  return surplus === undefined ? undefined : { kind: 'unknown-argument', word: surplus };
}

/** yargs leaves them among the words, as they were written; only the negation of an option becomes a key of its own. */
function unknownOptions(parsed: Readonly<Record<string, unknown>>, options: readonly OptionSpec[]): readonly string[] {
  const known = new Set(['_', '--', '$0', ...options.flatMap(({ name, short }) => [name, short])]);
  return [
    ...listOf(parsed._).filter((word) => word.startsWith('-') && word !== '-'),
    ...Object.keys(parsed).flatMap((key) => (known.has(key) ? [] : [`--${key}`])),
  ];
}

function withOptions<Builder extends { option(name: string, options: object): Builder }>(
  builder: Builder,
  options: readonly OptionSpec[],
): Builder {
  let built = builder;
  for (const { name, short, value, summary } of options) {
    const kind = value === null ? { type: 'boolean' } : { type: 'string', requiresArg: true };
    built = built.option(name, { ...kind, ...(short === null ? {} : { alias: short }), describe: summary });
  }
  return built;
}

function listOf(words: unknown): readonly string[] {
  return Array.isArray(words) ? words.map(String) : [];
}

/** An option that is given twice means what it says last. */
function lastOf(given: unknown): unknown {
  return Array.isArray(given) ? given.at(-1) : given;
}

function optionsOf(
  parsed: Readonly<Record<string, unknown>>,
  specs: readonly OptionSpec[],
): Readonly<Record<string, string | true>> {
  const options: Record<string, string | true> = {};
  for (const { name, value } of specs) {
    const given = lastOf(parsed[name]);
    if (value === null && given === true) options[name] = true;
    if (value !== null && typeof given === 'string') options[name] = given;
  }
  return options;
}
