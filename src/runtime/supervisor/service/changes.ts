/** Lets others wait until a value that changes is as they want it. */
export class Changes<Value> {
  readonly #watchers = new Set<() => void>();

  notify(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Resolves with the first value that satisfies `holds`, at once if the current one does. */
  async until(current: () => Value, holds: (value: Value) => boolean): Promise<Value> {
    if (holds(current())) return current();
    return new Promise((resolve) => {
      const watcher = (): void => {
        const value = current();
        if (!holds(value)) return;
        this.#watchers.delete(watcher);
        resolve(value);
      };
      this.#watchers.add(watcher);
    });
  }
}
