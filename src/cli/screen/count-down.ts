import { setTimeout as delay } from 'node:timers/promises';
import { type EndingSignal, listenForEnd } from '../starting/ending-signals.ts';
import type { Screen } from './screen.ts';

/** `key`: the user pressed one. */
export type CountedDown = 'over' | 'key' | EndingSignal;

const CTRL_C = '\u0003';
/** Source: xterm control sequences: cursor up, erase line. */
const OVER_LAST_LINE = '\u001b[A\u001b[2K';

/** Counts seconds down on one line of stderr; any key ends it. Only where `Screen.canAsk`. */
export async function countDown(
  seconds: number,
  sentence: (left: number) => string,
  screen: Screen,
): Promise<CountedDown> {
  const { stdin } = process;
  const ending = listenForEnd();
  const cancelled = new Promise<CountedDown>((resolve) => {
    stdin.on('data', (keys) => resolve(String(keys).includes(CTRL_C) ? 'SIGINT' : 'key'));
    // The terminal is gone, which its signal may tell a moment later.
    for (const event of ['end', 'error']) stdin.on(event, () => resolve('SIGHUP'));
    void ending.first.then(resolve);
  });
  stdin.setRawMode(true);
  try {
    for (let left = seconds; left > 0; left--) {
      if (left < seconds) screen.steer('note', OVER_LAST_LINE);
      screen.note(sentence(left));
      const how = await Promise.race([cancelled, delay(1000, 'over' as const)]);
      if (how !== 'over') return how;
    }
    return 'over';
  } finally {
    ending.close();
    stdin.removeAllListeners();
    // A terminal that is gone cannot be put back.
    stdin.on('error', () => undefined);
    stdin.setRawMode(false);
    stdin.pause();
  }
}
