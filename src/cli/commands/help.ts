import { nearest } from '../../base/nearest.ts';
import type { HelpCommand } from '../arguments/command.ts';
import type { Program } from '../arguments/parse-argv.ts';
import { COMMAND_TABLE, findCommandSpec } from '../command-table.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import type { Screen } from '../screen/screen.ts';
import { commandText, overviewText } from '../sentences/help-text.ts';

/** Explains everything, or one command. */
export function showHelp({ topic }: HelpCommand, program: Program, screen: Screen): ExitCode {
  if (topic === null) {
    screen.out(...overviewText(program, screen.paintOut));
    return EXIT.done;
  }
  const spec = findCommandSpec(topic);
  if (spec !== undefined) {
    screen.out(...commandText(spec, program, screen.paintOut));
    return EXIT.done;
  }
  const meant = nearest(
    topic,
    COMMAND_TABLE.map(({ name }) => name),
  );
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
