import type { CommandOutcome } from '../../platform/run-command.ts';
import { kindOfStream } from '../screen/kind-of-stream.ts';
import { type EndingSignals, listenForEnd } from './ending-signals.ts';

export interface TerminalSignals {
  readonly ending: EndingSignals;
  /** Aborted with the first request to end that is for us. */
  readonly aborted: AbortSignal;
  /** While `action` lasts, Ctrl+C is for what shares the terminal with us: a debugger or shell may live on. */
  besideTerminal(action: () => Promise<CommandOutcome>): Promise<CommandOutcome>;
}

/** Node may tell of the end of what was interrupted before it tells of the signal: by up to 10 ms on a busy machine. */
const LATE_MS = 100;

/** Without a terminal a SIGINT reaches this process alone, so it always is for us. */
export function listenBesideTerminal(): TerminalSignals {
  const hasTerminal = kindOfStream(0) === 'terminal';
  const aborting = new AbortController();
  let sharing = 0;
  let interruptedAt = Number.NEGATIVE_INFINITY;
  const isShared = (): boolean => sharing > 0 || performance.now() - interruptedAt < LATE_MS;
  const ending = listenForEnd((signal) => signal === 'SIGINT' && hasTerminal && isShared());
  void ending.first.then(() => aborting.abort());
  return {
    ending,
    aborted: aborting.signal,
    async besideTerminal(action) {
      sharing++;
      try {
        const outcome = await action();
        if (outcome.code !== 0) interruptedAt = performance.now();
        return outcome;
      } finally {
        sharing--;
      }
    },
  };
}
