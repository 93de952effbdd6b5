/** Lets one at a time in, in the order of arrival. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<Value>(action: () => Promise<Value>): Promise<Value> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
