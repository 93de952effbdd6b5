import { type ResolvedCommand, resolveCommand } from '../../plan/resolve-command.ts';

/** What to execute for a task's command line with arguments put behind it, each of them one word whatever it holds. */
export function taskCommand(
  run: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ResolvedCommand {
  const command = resolveCommand(run, environment);
  if (command.kind === 'direct') return { ...command, args: [...command.args, ...args] };
  return { kind: 'shell', text: [command.text, ...args.map(quote)].join(' ') };
}

/** Source: POSIX.1-2024, Shell Command Language, 2.2.2 Single-Quotes. */
function quote(word: string): string {
  return /^[A-Za-z0-9_./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
