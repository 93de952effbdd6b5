import type { Clock } from '../../../platform/clock.ts';

/**
 * When a run is looked at before its time, and the requests that wait for what the look finds. While nothing watches
 * the run, nothing is waited for: its state says all.
 */
export class Checkups {
  #isWatched = false;
  #isDue = false;
  #wake: () => void = () => undefined;
  #waiting: (() => void)[] = [];

  /** Has the run looked at now; resolves when it is known whether it is well. */
  ask(): Promise<void> {
    if (!this.#isWatched) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.hurry();
    });
  }

  /** There is reason to look now. */
  hurry(): void {
    this.#isDue = true;
    this.#wake();
  }

  /** Whether a request waits for what is found. */
  get isAwaited(): boolean {
    return this.#waiting.length > 0;
  }

  begin(): void {
    this.#isWatched = true;
    this.#isDue = false;
  }

  end(): void {
    this.#isWatched = false;
    this.settle();
  }

  /** Ends at the next time of a look; `hurried`: before `ms` have passed. */
  async next(ms: number, clock: Clock, signal: AbortSignal): Promise<'due' | 'hurried'> {
    if (!this.#isDue) {
      const sleep = new AbortController();
      this.#wake = () => sleep.abort();
      await clock.delay(ms, AbortSignal.any([signal, sleep.signal]));
    }
    const outcome = this.#isDue ? 'hurried' : 'due';
    this.#isDue = false;
    return outcome;
  }

  /** The looks so far have told all; what is asked during the last one is asked again. */
  settle(): void {
    if (this.#isDue && this.#isWatched) return;
    const settled = this.#waiting;
    this.#waiting = [];
    for (const resolve of settled) resolve();
  }
}
