/** The address has to be found and opened first. */
const FIRST_MS = 10 * 60_000;
const LAST_MS = 60_000;

/** Tells when no page has looked for a minute, or none has come at all. */
export class IdleEnd {
  readonly reached: Promise<void>;
  #timer: NodeJS.Timeout;
  #resolve: () => void = () => undefined;

  constructor() {
    this.reached = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#timer = setTimeout(this.#resolve, FIRST_MS);
  }

  setViewers(count: number): void {
    clearTimeout(this.#timer);
    if (count === 0) this.#timer = setTimeout(this.#resolve, LAST_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
