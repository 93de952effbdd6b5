import type { Lease, ReleaseOrder } from './protocol.ts';

/** Which tasks need which services while they run, and which services run only because of that. */
export class Leases {
  readonly #held = new Map<string, readonly string[]>();
  readonly #released = new Map<string, readonly string[]>();
  readonly #borrowed = new Set<string>();

  open({ id, names, borrowed }: Lease): void {
    this.#held.set(id, names);
    this.borrow(borrowed);
  }

  /** These services are started for a task: the last one that needs them has them stopped. */
  borrow(names: readonly string[]): void {
    for (const name of names) this.#borrowed.add(name);
  }

  /** Somebody wants these services for themselves. */
  keep(names: readonly string[]): void {
    for (const name of names) this.#borrowed.delete(name);
  }

  /** Ends a lease: the names of what nobody needs any more. Of one that has ended already only a kill may ask again. */
  close({ id, mode }: ReleaseOrder): readonly string[] {
    const names = this.#held.get(id);
    if (names === undefined) return mode === 'kill' ? (this.#released.get(id) ?? []) : [];
    this.#held.delete(id);
    const needed = new Set([...this.#held.values()].flat());
    const free = names.filter((name) => this.#borrowed.has(name) && !needed.has(name));
    this.keep(free);
    this.#released.set(id, free);
    return free;
  }
}
