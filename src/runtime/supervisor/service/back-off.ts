import type { RunRecord } from '../../state/run-record.ts';
import { writtenCrashes } from '../run/crash-times.ts';
import { KeptRecord } from '../run/kept-record.ts';
import type { RunnerHost } from '../run/runner-host.ts';

export interface BackOffRequest {
  readonly delayMs: number;
  /** Of the run that ended. */
  readonly record: RunRecord | null;
  /** That which led here included. */
  readonly crashTimes: readonly number[];
  readonly over: () => void;
}

/**
 * The wait before an automatic restart. A record without a root lasts as long, so that a later supervisor resumes it.
 */
export class BackOff {
  readonly #host: Pick<RunnerHost, 'root' | 'clock'>;
  #kept: KeptRecord | null = null;
  #timer: { cancel(): void } | null = null;

  constructor(host: Pick<RunnerHost, 'root' | 'clock'>) {
    this.#host = host;
  }

  /** When it is `over` its record stays, for the launch that follows to replace or remove. */
  start({ delayMs, record, crashTimes, over }: BackOffRequest): void {
    const { root, clock } = this.#host;
    const crashedAt = writtenCrashes(crashTimes, clock);
    this.#kept = record === null ? null : new KeptRecord(root, { ...record, root: null, crashedAt });
    this.#kept?.write();
    this.#timer = this.#host.clock.schedule(delayMs, () => {
      this.#kept = null;
      over();
    });
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#kept?.remove();
    this.#kept = null;
  }
}
