import { serviceActions } from '../../base/commands.ts';
import type { OptionSpec } from '../arguments/option-table.ts';
import type { Program, Side } from '../context/program.ts';
import { EXIT } from '../output/exit-code.ts';
import { type NamedRow, sideOf } from '../rows/row.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import { EXIT_CODE_MEANINGS } from './exit-code-meanings.ts';

/** What `help` prints: all commands that the program has, and where to find the others. */
export function overviewText(commands: readonly NamedRow[], program: Program, paint: Paint): readonly string[] {
  const { name } = program;
  const codes = EXIT_CODE_MEANINGS.filter(({ code }) => code <= EXIT.usage);
  return [
    `${paint('bold', 'Usage:')} ${name} [COMMAND] [NAME…] [OPTIONS]`,
    '',
    ...lineUp([
      [`  ${name}`, 'start everything and stay attached'],
      [`  ${name} NAME…`, 'start these services, and what they depend on'],
      [`  ${name} TASK`, 'run a task, as `run TASK` does'],
      [
        `  ${name} NAME-ACTION`,
        `for ${serviceActions()
          .map(({ word }) => word)
          .join(', ')}`,
      ],
    ]),
    ...section('Commands', sideRows(commands, 'runtime'), paint),
    ...section(
      program.sides.has('generator') ? 'Generator' : 'Generator (`npx devgen …`)',
      sideRows(commands, 'generator'),
      paint,
    ),
    '',
    `\`${name} help COMMAND\` tells all about one command.`,
    `Exit codes: ${codes.map(({ code, meaning }) => `${code} ${meaning}`).join('; ')}.`,
  ];
}

/** What `help COMMAND` and `COMMAND --help` print. */
export function commandText(spec: NamedRow, program: Program, paint: Paint): readonly string[] {
  const name = program.sides.has(sideOf(spec)) ? program.name : 'npx devgen';
  return [
    `${paint('bold', 'Usage:')} ${name} ${usage(spec)}${spec.options.length > 0 ? ' [OPTIONS]' : ''}`,
    '',
    `  ${spec.summary}`,
    ...(spec.options.length === 0 ? [] : ['', paint('bold', 'Options:'), ...optionLines(spec.options)]),
  ];
}

/** One line for each option, with what it does. */
export function optionLines(options: readonly OptionSpec[]): readonly string[] {
  return lineUp(options.map((option) => [`  ${optionUsage(option)}`, option.summary]));
}

/** `up [NAME…]`, `port PORT`, `clean`. */
function usage({ name, positional }: NamedRow): string {
  return positional === null ? name : `${name} ${positional.usage}`;
}

/** `-n, --lines N`. */
function optionUsage({ name, short, value }: OptionSpec): string {
  return `${short === null ? '    ' : `-${short}, `}--${name}${value === null ? '' : ` ${value}`}`;
}

function sideRows(commands: readonly NamedRow[], side: Side): readonly NamedRow[] {
  return commands.filter((row) => sideOf(row) === side);
}

function section(title: string, specs: readonly NamedRow[], paint: Paint): readonly string[] {
  return ['', paint('bold', `${title}:`), ...lineUp(specs.map((spec) => [`  ${usage(spec)}`, spec.summary]))];
}
