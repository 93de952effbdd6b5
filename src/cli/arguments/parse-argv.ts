import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { COMMAND_TABLE, type CommandSpec, findCommandSpec } from '../command-table.ts';
import type { Command } from './command.ts';
import { expandShorthand, type KnownNames } from './expand-shorthand.ts';
import { parseWithYargs } from './parse-with-yargs.ts';
import { toCommand } from './to-command.ts';

/** How the user calls the program, and what it offers. */
export interface Program {
  /** `./dev` or `devgen`, as hints name it. */
  readonly name: string;
  readonly sides: ReadonlySet<CommandSpec['side']>;
}

/** The command that `argv` means, or everything that is wrong with it. */
export function parseArgv(
  argv: readonly string[],
  names: KnownNames,
  program: Program,
): Result<Command, readonly Diagnostic[]> {
  const [first] = argv;
  if (first === '--version' || first === '-V') return ok({ kind: 'version' });
  const expanded = expandShorthand(argv, names);
  if (expanded.kind === 'unknown') return err([unknownWord(expanded.word, names, program)]);
  if (asksForHelp(expanded.rest)) return ok({ kind: 'help', topic: helpTopic(argv, expanded.verb) });
  const spec = findCommandSpec(expanded.verb);
  if (spec === undefined) throw new Error(`the verb \`${expanded.verb}\` is in no table`);
  const raw = parseWithYargs(spec, expanded.rest, program.name);
  return raw.ok ? toCommand(raw.value) : err([raw.error]);
}

/** Whether `--help` or `-h` is among the options; behind `--` it is an argument. */
export function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}

/** `./dev --help` is about everything, although `./dev` alone means `up`. */
function helpTopic(argv: readonly string[], verb: string): string | null {
  return argv[0]?.startsWith('-') ? null : verb;
}

function unknownWord(word: string, { services, tasks }: KnownNames, program: Program): Diagnostic {
  const verbs = COMMAND_TABLE.filter((spec) => program.sides.has(spec.side)).map((spec) => spec.name);
  const meant = nearest(word, [...services, ...verbs, ...tasks]);
  return {
    code: 'usage/unknown-command',
    message: `there is no command${tasks.length > 0 ? ', service or task' : ' or service'} \`${word}\``,
    hint:
      meant === undefined
        ? `\`${program.name} help\` lists the commands.`
        : `Did you mean \`${program.name} ${meant}\`?`,
  };
}
