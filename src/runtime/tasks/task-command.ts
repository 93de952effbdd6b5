import { quoteWord } from '../../base/quote-word.ts';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import { type RunnableCommand, resolveCommand } from '../../plan/resolve-command.ts';

/** What to execute for a task's command line with arguments put behind it, each of them one word whatever it holds. */
export function taskCommand(run: string, args: readonly string[], environment: CommandEnvironment): RunnableCommand {
  const { command, ...call } = resolveCommand(args.length === 0 ? run : withoutLastComment(run), environment);
  if (command.kind === 'direct') return { ...call, command: { ...command, args: [...command.args, ...args] } };
  return { ...call, command: { kind: 'shell', text: [command.text, ...args.map(quoteWord)].join(' ') } };
}

/** Quoted, escaped, a comment, or anything else. */
const PIECE = /'[^']*'|"(?:\\.|[^"\\])*"|\\.|(?<![^\s;&|()])#[^\n]*|[^'"\\#]+|./gs;

/** A comment would take in what is put behind it. Within a substitution only a shell knows what is quoted. */
function withoutLastComment(run: string): string {
  if (/\$\(|`|<</.test(run)) return run;
  const pieces = run.match(PIECE) ?? [];
  const last = pieces.findLastIndex((piece) => !piece.startsWith('#') && piece.trim() !== '');
  return pieces
    .slice(0, last + 1)
    .join('')
    .trimEnd();
}
