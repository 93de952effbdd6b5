import { nearest } from '../../base/nearest.ts';
import type { ProgramContext } from '../context/program-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { helpToJson } from '../output/help-to-json.ts';
import { printJson } from '../output/print-json.ts';
import { commandText, overviewText } from '../sentences/help-text.ts';

export interface HelpCommand {
  readonly kind: 'help';
  /** The command to explain; `null`: all of them. */
  readonly topic: string | null;
}

/** Explains everything, or one command. */
export function showHelp({ topic }: HelpCommand, { program, screen, commands }: ProgramContext): ExitCode {
  if (topic === null) {
    if (screen.answers === 'json') printJson<'help'>(screen, helpToJson(commands));
    else screen.out(...overviewText(commands, program, screen.paintOut));
    return EXIT.done;
  }
  const row = commands.find(({ name }) => name === topic);
  if (row !== undefined) {
    if (screen.answers === 'json') printJson<'help'>(screen, helpToJson([row]));
    else screen.out(...commandText(row, program, screen.paintOut));
    return EXIT.done;
  }
  const names = commands.map(({ name }) => name);
  const meant = nearest(topic, names);
  return complain(screen, [
    {
      code: 'usage/unknown-command',
      message: `there is no command \`${topic}\``,
      hint:
        meant === undefined
          ? `\`${program.name} help\` lists the commands.`
          : `Did you mean \`${program.name} help ${meant}\`?`,
    },
  ]);
}
