import type { Clock } from '../../../platform/clock.ts';

/** What is written so soon after a probe has begun may be about it, and the connection may be its own. */
const PROBE_MS = 2000;
const LONGEST_GAP_MS = 5000;
/** A keep-alive connection must not come and go between two looks. */
const LOOKS = 20;

export interface IdleFacts {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** The ports of the services that run. */
  readonly ports: () => ReadonlySet<number>;
  /** The other ends of the connections that are open to them. */
  readonly clientsOf: (ports: ReadonlySet<number>) => ReadonlySet<string>;
}

/** For how long nothing has been asked of what runs, and it has written nothing, as far as that is not our doing. */
export class IdleWatch {
  readonly #facts: IdleFacts;
  readonly #probedMs = new Map<string, number>();
  #usedMs: number;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #clients: ReadonlySet<string> | null = null;

  constructor(facts: IdleFacts) {
    this.#facts = facts;
    this.#usedMs = facts.clock.monotonicMs();
  }

  /** A command asks for something, or an edit has done something. */
  used(): void {
    this.#usedMs = this.#facts.clock.monotonicMs();
  }

  probed(service: string): void {
    this.#probedMs.set(service, this.#facts.clock.monotonicMs());
  }

  wrote(service: string): void {
    if (!this.#isProbing(service)) this.used();
  }

  /** Looks for new connections now and then, and tells how long ago something was used; to be asked often. */
  idleMs(limitMs: number): number {
    const nowMs = this.#facts.clock.monotonicMs();
    if (nowMs - this.#lookedMs >= Math.min(LONGEST_GAP_MS, limitMs / LOOKS) && !this.#isAnyProbing()) {
      this.#lookedMs = nowMs;
      const clients = this.#facts.clientsOf(this.#facts.ports());
      const known = this.#clients;
      this.#clients = clients;
      if (known !== null && [...clients].some((client) => !known.has(client))) this.used();
    }
    return nowMs - this.#usedMs;
  }

  #isAnyProbing(): boolean {
    return [...this.#probedMs.keys()].some((service) => this.#isProbing(service));
  }

  #isProbing(service: string): boolean {
    return this.#facts.clock.monotonicMs() - (this.#probedMs.get(service) ?? Number.NEGATIVE_INFINITY) < PROBE_MS;
  }
}
