import type { Clock } from './clock.ts';
import { type Listener, listenersByPort, socketsInUse } from './listeners.ts';

/** For so long all who ask share one look. */
const SHARED_MS = 350;

/**
 * Who listens, as it was at most 350 ms ago; at rest that costs next to nothing, for the table is read only when the
 * number of sockets in use is another one. Where the system does not tell that number no listener is seen.
 */
export class LatelyListening {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #inUse: string | undefined;
  #byPort: ReadonlyMap<number, readonly Listener[]> = new Map();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  on(port: number): readonly Listener[] {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#lookedMs >= SHARED_MS) this.#look(nowMs);
    return this.#byPort.get(port) ?? [];
  }

  #look(nowMs: number): void {
    this.#lookedMs = nowMs;
    const inUse = socketsInUse();
    if (inUse !== undefined && inUse !== this.#inUse) this.#byPort = listenersByPort();
    this.#inUse = inUse;
  }
}
