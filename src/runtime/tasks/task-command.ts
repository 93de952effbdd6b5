import { quoteWord } from '../../base/quote-word.ts';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import { type RunnableCommand, resolveCommand } from '../../plan/resolve-command.ts';

/** What to execute for a task's command line with arguments put behind it, each of them one word whatever it holds. */
export function taskCommand(run: string, args: readonly string[], environment: CommandEnvironment): RunnableCommand {
  const { command, ...call } = resolveCommand(run, environment);
  if (command.kind === 'direct') return { ...call, command: { ...command, args: [...command.args, ...args] } };
  return { ...call, command: { kind: 'shell', text: [command.text, ...args.map(quoteWord)].join(' ') } };
}
