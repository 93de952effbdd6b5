import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import { err, type Result } from '../../base/result.ts';
import { COMMAND_TABLE, findRow } from '../command-table.ts';
import type { Program } from '../context/program.ts';
import { type Prepared, sideOf } from '../rows/row.ts';
import { expandShorthand, type KnownNames } from './expand-shorthand.ts';
import { parseWithYargs } from './parse-with-yargs.ts';

/** The command that `argv` means, or everything that is wrong with it. */
export function parseArgv(
  argv: readonly string[],
  names: KnownNames,
  program: Program,
): Result<Prepared, readonly Diagnostic[]> {
  const expanded = expandShorthand(argv, names);
  if (expanded.kind === 'unknown') return err([unknownWord(expanded.word, names, program)]);
  const { name, rest } = expanded;
  if (asksForHelp(rest))
    return findRow('help').prepare({ ...NOTHING_MORE, name: 'help', positionals: helpTopic(argv, name) });
  const row = findRow(name);
  const raw = parseWithYargs(row, rest, program.name);
  return raw.ok ? row.prepare(raw.value) : err([raw.error]);
}

/** Whether `--help` or `-h` is among the options; behind `--` it is an argument. */
export function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

const NOTHING_MORE = { rest: [], options: {} };

/** `./dev --help` is about everything, although `./dev` alone means `up`. */
function helpTopic(argv: readonly string[], name: string): readonly string[] {
  return argv[0]?.startsWith('-') ? [] : [name];
}

function unknownWord(word: string, { services, tasks }: KnownNames, program: Program): Diagnostic {
  const commands = COMMAND_TABLE.filter((row) => program.sides.has(sideOf(row))).map(({ name }) => name);
  const meant = nearest(word, [...services, ...commands, ...tasks]);
  return {
    code: 'usage/unknown-command',
    message: `there is no command${tasks.length > 0 ? ', service or task' : ' or service'} \`${word}\``,
    hint:
      meant === undefined
        ? `\`${program.name} help\` lists the commands.`
        : `Did you mean \`${program.name} ${meant}\`?`,
  };
}
