import type { Clock } from '../../platform/clock.ts';

/** Starts to watch; `action` is called after each growth of the log. */
export type OnLogGrowth = (action: () => void) => { close(): void };

/** Waits that end early when there is news. */
export interface Waker {
  /**
   * Resolves after `atMostMs`, earlier when the log grew since the last pause or grows now, yet never before
   * `atLeastMs`.
   */
  pause(atMostMs: number, atLeastMs: number): Promise<void>;
  close(): void;
}

/** A waker that the log's growth rings; the signal ends any pause at once. */
export function openWaker(onLogGrowth: OnLogGrowth, clock: Clock, signal: AbortSignal): Waker {
  let rung = false;
  let sleep: AbortController | undefined;
  const wake = (): void => sleep?.abort();
  const growth = onLogGrowth(() => {
    rung = true;
    wake();
  });
  signal.addEventListener('abort', wake);
  return {
    async pause(atMostMs, atLeastMs) {
      await clock.delay(Math.min(atMostMs, atLeastMs), signal);
      if (!rung && !signal.aborted && atMostMs > atLeastMs) {
        sleep = new AbortController();
        await clock.delay(atMostMs - atLeastMs, sleep.signal);
        sleep = undefined;
      }
      rung = false;
    },
    close() {
      signal.removeEventListener('abort', wake);
      growth.close();
    },
  };
}
