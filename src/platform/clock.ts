/** Time as the runtime uses it; passed in, so that tests can let it pass at once. */
export interface Clock {
  /** Milliseconds since the epoch: the time of day, which may be set forward or back. */
  now(): number;
  /** Milliseconds of a clock that only goes forward, from an arbitrary zero: what durations are measured with. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal is aborted; never rejects. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `action` once after `ms`, unless it is cancelled before. */
  schedule(ms: number, action: () => void): Scheduled;
}

export interface Scheduled {
  cancel(): void;
}

/**
 * Until the next of the moments that all who look once a period have in common: what a hundred do then costs one
 * wake-up. A quarter of a period at least, five quarters at most.
 */
export function msToSharedMoment(periodMs: number, clock: Pick<Clock, 'monotonicMs'>): number {
  const leftMs = Math.ceil(periodMs - (clock.monotonicMs() % periodMs));
  return leftMs < periodMs / 4 ? leftMs + periodMs : leftMs;
}

/** The machine's clock. Its waits keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  delay: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const end = (): void => {
        timer.cancel();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = startTimer(ms, end);
      signal?.addEventListener('abort', end);
    }),
  schedule: startTimer,
};

/** A timer of Node's that is longer ends at once: 24.8 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function startTimer(ms: number, action: () => void): Scheduled {
  let timer: NodeJS.Timeout;
  const start = (leftMs: number): void => {
    timer = setTimeout(
      () => (leftMs > LONGEST_TIMER_MS ? start(leftMs - LONGEST_TIMER_MS) : action()),
      Math.min(leftMs, LONGEST_TIMER_MS),
    );
  };
  start(ms);
  return { cancel: () => clearTimeout(timer) };
}
