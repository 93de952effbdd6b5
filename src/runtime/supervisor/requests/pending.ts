/** Work that goes on by itself, by what it is about, for those who want to wait until none is left. */
export class Pending {
  readonly #work = new Set<{ readonly about: string; readonly done: Promise<unknown> }>();

  /** `done` must not reject. */
  add(about: string, done: Promise<unknown>): void {
    const work = { about, done };
    this.#work.add(work);
    void done.finally(() => this.#work.delete(work));
  }

  /** Resolves when no work about these is left, that which began meanwhile included. */
  async settled(names: readonly string[]): Promise<void> {
    for (;;) {
      const left = [...this.#work].filter(({ about }) => names.includes(about));
      if (left.length === 0) return;
      await Promise.all(left.map(({ done }) => done));
    }
  }
}
