import type { RunRecord } from '../../state/run-record.ts';
import { removeRunRecord, writeRunRecord } from '../../state/run-record-file.ts';
import type { RunnerHost } from '../run/runner-host.ts';

export interface BackOffRequest {
  readonly delayMs: number;
  /** Of the run that ended. */
  readonly record: RunRecord | null;
  readonly over: () => void;
}

/** The wait before an automatic restart. A record without a root lasts as long, so that a later supervisor resumes it. */
export class BackOff {
  readonly #host: RunnerHost;
  readonly #service: string;
  #timer: { cancel(): void } | null = null;

  constructor(service: string, host: RunnerHost) {
    this.#service = service;
    this.#host = host;
  }

  start({ delayMs, record, over }: BackOffRequest): void {
    if (record !== null) writeRunRecord(this.#host.root, { ...record, root: null });
    this.#timer = this.#host.clock.schedule(delayMs, over);
  }

  cancel(): void {
    removeRunRecord(this.#host.root, this.#service);
    this.#timer?.cancel();
    this.#timer = null;
  }
}
