import type { CommandContext } from '../context/command-context.ts';
import { complain } from '../output/complain.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { type EndingSignal, exitCodeOf, listenForEnd } from '../starting/ending-signals.ts';
import { TopActions } from '../top/top-actions.ts';
import { TopSession } from '../top/top-session.ts';

export interface TopCommand {
  readonly kind: 'top';
}

/** Shows services and their logs on the whole terminal, and obeys keys, until the user leaves; services go on. */
export async function runTop(context: CommandContext): Promise<ExitCode> {
  const { screen } = context;
  if (!screen.canAsk) return complain(screen, [NO_TERMINAL]);
  const ending = listenForEnd();
  const actions = new TopActions(context.checkout, (message) => session.tell(message));
  const session = new TopSession(context, {
    place: { from: 'command', quits: 'leave' },
    onAct: (words) => actions.begin(words),
    onLeave: () => ending.raise('SIGINT'),
  });
  const signal = await shown(session, ending.first);
  if (signal === 'SIGINT') await actions.finish(screen, ending.second);
  else actions.close();
  ending.close();
  // Ctrl+C is how one leaves, not a failure.
  return signal === 'SIGINT' ? EXIT.done : exitCodeOf(signal);
}

/** What ended it, with the terminal given back, whatever happens. */
async function shown(session: TopSession, ended: Promise<EndingSignal>): Promise<EndingSignal> {
  try {
    session.begin();
    return await ended;
  } finally {
    session.close();
  }
}

const NO_TERMINAL = {
  code: 'usage/no-terminal',
  message: '`top` draws on a terminal and reads its keys, and there is none',
  hint: '`status` says what runs, `logs -f` prints what is written.',
};
