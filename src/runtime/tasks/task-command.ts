import { quoteWord } from '../../base/quote-word.ts';
import { resolveCommand } from '../../plan/resolve-command.ts';
import type { ResolvedCommand } from '../../platform/resolved-command.ts';

/** What to execute for a task's command line with arguments put behind it, each of them one word whatever it holds. */
export function taskCommand(
  run: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ResolvedCommand {
  const command = resolveCommand(run, environment);
  if (command.kind === 'direct') return { ...command, args: [...command.args, ...args] };
  return { kind: 'shell', text: [command.text, ...args.map(quoteWord)].join(' ') };
}
