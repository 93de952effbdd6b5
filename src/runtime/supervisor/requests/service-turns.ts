/** Lets requests that are about the same services take turns, in the order of arrival; all others go on meanwhile. */
export class ServiceTurns {
  readonly #last = new Map<string, Promise<unknown>>();

  run<Value>(names: readonly string[], action: () => Promise<Value>): Promise<Value> {
    const earlier = Promise.all(names.map((name) => this.#last.get(name)));
    const result = earlier.then(action);
    const over = result.catch(() => undefined);
    for (const name of names) this.#last.set(name, over);
    void over.then(() => {
      for (const name of names) if (this.#last.get(name) === over) this.#last.delete(name);
    });
    return result;
  }
}
