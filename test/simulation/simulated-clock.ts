/** Time that passes only when it is told to: one clock for all processes of a simulated machine. */
export class SimulatedClock {
  #nowMs = 1000;
  #timeOfDayMs = Date.UTC(2024, 0, 1);
  /** The next one last. */
  readonly #timers: SimulatedTimer[] = [];

  /** Of the clock that only goes forward. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Looking at it takes a moment, too: a program may wait by looking. */
  look(): number {
    this.#nowMs += 0.001;
    return this.#nowMs;
  }

  get timeOfDayMs(): number {
    return this.#timeOfDayMs + this.#nowMs;
  }

  get timers(): readonly SimulatedTimer[] {
    return this.#timers;
  }

  /** Sets the time of day forward or back. */
  setTimeOfDay(byMs: number): void {
    this.#timeOfDayMs += byMs;
  }

  schedule(ms: number, owner: object, action: () => void): SimulatedTimer {
    const timer = { dueMs: this.#nowMs + Math.max(0, ms), owner, action };
    let at = this.#timers.length;
    while (at > 0 && (this.#timers[at - 1]?.dueMs ?? 0) <= timer.dueMs) at -= 1;
    this.#timers.splice(at, 0, timer);
    return timer;
  }

  cancel(timer: SimulatedTimer): void {
    const at = this.#timers.indexOf(timer);
    if (at >= 0) this.#timers.splice(at, 1);
  }

  /** What a process had still to do is never done once it is dead. */
  cancelAllOf(owner: object): void {
    for (const timer of this.#timers.filter((each) => each.owner === owner)) this.cancel(timer);
  }

  /** Lets time pass up to the next timer and fires it, or up to `limitMs` when that comes first: then `false`. */
  step(limitMs: number): boolean {
    const next = this.#timers.at(-1);
    if (next === undefined || next.dueMs > limitMs) {
      this.#nowMs = Math.max(this.#nowMs, limitMs);
      return false;
    }
    this.#timers.pop();
    this.#nowMs = Math.max(this.#nowMs, next.dueMs);
    next.action();
    return true;
  }
}

export interface SimulatedTimer {
  readonly dueMs: number;
  readonly owner: object;
  readonly action: () => void;
}
