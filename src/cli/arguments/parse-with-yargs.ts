import yargs from 'yargs';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { CommandSpec } from '../command-table.ts';
import { explainYargs } from './explain-yargs.ts';
import type { OptionSpec } from './option-table.ts';
import type { RawCommand } from './raw-command.ts';

/** Takes the words after the verb apart; what does not belong there is a diagnostic. */
export function parseWithYargs(
  spec: CommandSpec,
  words: readonly string[],
  program: string,
): Result<RawCommand, Diagnostic> {
  const handsOn = spec.positional?.handsOn === true;
  let complaint: string | undefined;
  let raw: RawCommand | undefined;
  const parser = yargs([spec.name, ...words])
    .scriptName(program)
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .strict()
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
    })
    .command(
      `${spec.name}${positionalUsage(spec)}`,
      spec.summary,
      (builder) => withOptions(builder.positional('words', { type: 'string' }), spec.options),
      (parsed) => {
        raw = {
          verb: spec.name,
          positionals: [...listOf(parsed.words), ...(handsOn ? [] : listOf(parsed['--']))],
          rest: handsOn ? listOf(parsed['--']) : [],
          options: optionsOf(parsed, spec),
        };
      },
    )
    .fail((message, error) => {
      // yargs goes on after a complaint when it may not exit; the first one is the one that explains.
      complaint ??= message ?? error?.message;
    });
  parser.parseSync();
  if (complaint === undefined && raw !== undefined) complaint = complaintAbout(raw, spec);
  if (complaint !== undefined || raw === undefined) return err(explainYargs(complaint ?? '', spec, words, program));
  return ok(raw);
}

/** What stands behind `--` is counted by nobody else. */
function complaintAbout({ positionals }: RawCommand, { positional }: CommandSpec): string | undefined {
  const most = positional === null ? 0 : positional.count === 'any-number' ? Number.POSITIVE_INFINITY : 1;
  return positionals.length > most ? `Unknown argument: ${positionals[most]}` : undefined;
}

function positionalUsage(spec: CommandSpec): string {
  switch (spec.positional?.count) {
    case 'any-number':
      return ' [words..]';
    case 'optional':
      return ' [words]';
    case 'exactly-one':
      return ' <words>';
    case undefined:
      return '';
  }
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
  const list = Array.isArray(words) ? words : words === undefined ? [] : [words];
  return list.map(String);
}

/** An option that is given twice means what it says last. */
function lastOf(given: unknown): unknown {
  return Array.isArray(given) ? given.at(-1) : given;
}

function optionsOf(parsed: Record<string, unknown>, spec: CommandSpec): Record<string, string | true> {
  const options: Record<string, string | true> = {};
  for (const { name, value } of spec.options) {
    const given = lastOf(parsed[name]);
    if (value === null && given === true) options[name] = true;
    if (value !== null && typeof given === 'string') options[name] = given;
  }
  return options;
}
