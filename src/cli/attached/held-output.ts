/** More than a terminal shows at once; a flood is not printed after the fact. */
const KEPT = 500;

/** `line`: of a log, which has it; of a flood the last ones are enough. */
type Kind = 'line' | 'event';

interface Held {
  readonly kind: Kind;
  readonly print: () => void;
}

/** Prints in order. While something else has the terminal it keeps what is to come after it, of log lines the last. */
export class HeldOutput {
  #held: Held[] = [];
  #lineCount = 0;
  #isHeld = false;
  #skipped = 0;

  print(kind: Kind, print: () => void): void {
    if (this.#isHeld) this.#keep({ kind, print });
    else print();
  }

  hold(): void {
    this.#isHeld = true;
  }

  /** Prints what was kept; `tellSkipped` comes before it if that is not all. */
  release(tellSkipped: (lines: number) => void): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (this.#skipped > 0) tellSkipped(this.#skipped);
    for (const { print } of this.#held) print();
    this.#held = [];
    this.#lineCount = 0;
    this.#skipped = 0;
  }

  #keep(held: Held): void {
    this.#held.push(held);
    if (held.kind === 'line') this.#lineCount += 1;
    if (this.#lineCount < 2 * KEPT) return;
    let surplus = this.#lineCount - KEPT;
    this.#skipped += surplus;
    this.#held = this.#held.filter(({ kind }) => kind === 'event' || surplus-- <= 0);
    this.#lineCount = KEPT;
  }
}
