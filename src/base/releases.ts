type Release = () => unknown;

/**
 * What was acquired and has to be given back on every way out: the last one first, each exactly once.
 * The owner calls `releaseAll` in a `finally`, or `keep` when something else owns it all from then on.
 */
export class Releases {
  #actions: Release[] = [];
  #isOver = false;

  /** What is acquired after the end is given back at once. */
  add(release: Release): void {
    if (this.#isOver) void release();
    else this.#actions.push(release);
  }

  /** Resolves when everything is given back; a release that fails does not keep the others from happening. */
  async releaseAll(): Promise<void> {
    this.#isOver = true;
    const actions = this.#actions.reverse();
    this.#actions = [];
    const failures: unknown[] = [];
    for (const action of actions) {
      try {
        await action();
      } catch (cause) {
        failures.push(cause);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  keep(): void {
    this.#actions = [];
  }
}
