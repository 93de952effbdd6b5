import type { Lease, ReleaseRequest } from '../control/protocol.ts';

/** Which tasks need which services while they run, and which services run only because of that. */
export class Leases {
  readonly #held = new Map<string, readonly string[]>();
  /** Those whose services are being stopped. */
  readonly #released = new Map<string, readonly string[]>();
  readonly #onDemand = new Set<string>();

  /** Of one that is held already nothing is on demand again: a command may have asked for it by now. */
  acquire({ id, names, onDemand }: Lease): void {
    if (!this.#held.has(id)) this.addOnDemand(onDemand);
    this.#held.set(id, names);
  }

  /** Then there is a holder whose end has to be seen. */
  get isAnyHeld(): boolean {
    return this.#held.size > 0;
  }

  isHeld(id: string): boolean {
    return this.#held.has(id);
  }

  /** Whether a task needs the service. */
  isNeeded(name: string): boolean {
    return [...this.#held.values()].some((names) => names.includes(name));
  }

  /** These services are started for a task: the last one that needs them has them stopped. */
  addOnDemand(names: readonly string[]): void {
    for (const name of names) this.#onDemand.add(name);
  }

  /** A command asked for these services, not a task. */
  keep(names: readonly string[]): void {
    for (const name of names) this.#onDemand.delete(name);
  }

  /**
   * Ends a lease: the names of what no task needs any more. Of one whose services are being stopped only a kill may ask
   * again. One that is not known was another supervisor's.
   */
  release({ lease, mode }: ReleaseRequest): readonly string[] {
    const released = this.#released.get(lease.id);
    if (released !== undefined) return mode === 'kill' ? released : [];
    this.acquire(lease);
    this.#held.delete(lease.id);
    const free = lease.names.filter((name) => this.#onDemand.has(name) && !this.isNeeded(name));
    this.keep(free);
    this.#released.set(lease.id, free);
    return free;
  }

  /** The services of a lease that has ended are stopped. */
  forget(id: string): void {
    this.#released.delete(id);
  }
}
