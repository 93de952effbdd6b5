import type { Clock } from './clock.ts';
import { type Listener, listenersByPort, socketsInUse } from './listeners.ts';

/** For so long all who ask share one look. */
const SHARED_MS = 350;
/** Where one socket took the place of another one their number is the same. */
const OLDEST_MS = 10_000;

/**
 * Who listens, as it was at most 350 ms ago, or 10 s if sockets began and ended together; at rest that costs next to
 * nothing, for the table is read only when the number of sockets in use, connections included, is another one. Where
 * the system does not tell that number no listener is seen.
 */
export class LatelyListening {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #readMs = Number.NEGATIVE_INFINITY;
  #inUse: string | undefined;
  #byPort: ReadonlyMap<number, readonly Listener[]> = new Map();
  #inodes = '';
  #changes = 0;

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  on(port: number): readonly Listener[] {
    this.#look();
    return this.#byPort.get(port) ?? [];
  }

  /** How often it was seen that a process began or ended to listen, wherever. */
  get changes(): number {
    this.#look();
    return this.#changes;
  }

  #look(): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#lookedMs < SHARED_MS) return;
    this.#lookedMs = nowMs;
    const inUse = socketsInUse();
    if (inUse === undefined || (inUse === this.#inUse && nowMs - this.#readMs < OLDEST_MS)) return;
    this.#inUse = inUse;
    this.#readMs = nowMs;
    this.#byPort = listenersByPort();
    const inodes = [...this.#byPort.values()].flatMap((each) => each.map(({ inode }) => inode)).join();
    if (inodes !== this.#inodes) this.#changes += 1;
    this.#inodes = inodes;
  }
}
