/** The time that is looked at, epoch ms. */
export interface Period {
  readonly from: number;
  readonly until: number;
  /** When the service was last known to run; what no event has ended is taken to have ended then. */
  readonly seenUntil: number;
}

/** Adds up how long a service was wanted up, and how long it was ready. Times come in order, epoch ms. */
export class SpanTally {
  readonly #period: Period;
  #wantedSince: number | null = null;
  #readySince: number | null = null;
  /** It ended; whether it is wanted all the same, what comes next tells. */
  #endedAt: number | null = null;
  #wantedMs = 0;
  #readyMs = 0;

  constructor(period: Period) {
    this.#period = period;
  }

  want(at: number): void {
    this.#settle();
    this.#wantedSince ??= at;
  }

  /** It is started again by itself: the time in between counts. */
  wantStill(at: number): void {
    this.#endedAt = null;
    this.#wantedSince ??= at;
  }

  serve(at: number): void {
    this.want(at);
    this.#readySince ??= at;
  }

  /** It is not ready any more. */
  lapse(at: number): void {
    this.#settle();
    this.#lapse(at);
  }

  rest(at: number): void {
    this.#lapse(at);
    this.#endedAt ??= at;
  }

  restUnseen(at: number): void {
    this.rest(Math.min(at, this.#period.seenUntil));
  }

  close(): { readonly wantedMs: number; readonly readyMs: number } {
    this.rest(this.#period.seenUntil);
    this.#settle();
    return { wantedMs: this.#wantedMs, readyMs: this.#readyMs };
  }

  #lapse(at: number): void {
    if (this.#readySince !== null) this.#readyMs += this.#within(this.#readySince, at);
    this.#readySince = null;
  }

  #settle(): void {
    if (this.#endedAt === null) return;
    if (this.#wantedSince !== null) this.#wantedMs += this.#within(this.#wantedSince, this.#endedAt);
    this.#wantedSince = null;
    this.#endedAt = null;
  }

  #within(since: number, at: number): number {
    const { from, until } = this.#period;
    return Math.max(0, Math.min(at, until) - Math.max(since, from));
  }
}
