/** More than a terminal shows at once; a flood is not printed after the fact. */
const KEPT = 500;

/** Prints in order; while something else has the terminal it keeps the last of what is to be printed. */
export class HeldOutput {
  #held: (() => void)[] = [];
  #isHeld = false;
  #skipped = 0;

  print(print: () => void): void {
    if (this.#isHeld) this.#keep(print);
    else print();
  }

  hold(): void {
    this.#isHeld = true;
  }

  /** Prints what was kept; `tellSkipped` comes before it if that is not all. */
  release(tellSkipped: (count: number) => void): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (this.#skipped > 0) tellSkipped(this.#skipped);
    for (const print of this.#held) print();
    this.#held = [];
    this.#skipped = 0;
  }

  #keep(print: () => void): void {
    this.#held.push(print);
    if (this.#held.length < 2 * KEPT) return;
    this.#skipped += this.#held.length - KEPT;
    this.#held = this.#held.slice(-KEPT);
  }
}
