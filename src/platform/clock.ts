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

/** The machine's clock. Its waits keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  delay: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
    }),
  schedule: (ms, action) => {
    const timer = setTimeout(action, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};
