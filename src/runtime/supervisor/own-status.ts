import type { Clock, Scheduled } from '../../platform/clock.ts';
import type { ServiceStatus } from '../state/service-status.ts';
import { writeStatus } from '../state/status-file.ts';

/** To replace a file is dear, and most launches and stops are over sooner. */
const MOMENT_MS = 250;

/**
 * The statuses that devgen itself reads. Each is written when it changes, but for what says of no other process and
 * mostly is over at once: that a service is about to be launched, or is being stopped. What is wanted is always there.
 */
export class OwnStatus {
  readonly #root: string;
  readonly #clock: Pick<Clock, 'schedule'>;
  readonly #due = new Map<string, Scheduled>();
  readonly #wanted = new Map<string, ServiceStatus['wanted']>();

  constructor(root: string, clock: Pick<Clock, 'schedule'>) {
    this.#root = root;
    this.#clock = clock;
  }

  take(status: ServiceStatus): void {
    const { service } = status;
    this.#due.get(service)?.cancel();
    this.#due.delete(service);
    if (isMomentary(status) && this.#wanted.get(service) === status.wanted)
      this.#due.set(
        service,
        this.#clock.schedule(MOMENT_MS, () => this.#write(status)),
      );
    else this.#write(status);
  }

  /** Writes no more. */
  close(): void {
    for (const due of this.#due.values()) due.cancel();
    this.#due.clear();
  }

  #write(status: ServiceStatus): void {
    this.#due.delete(status.service);
    this.#wanted.set(status.service, status.wanted);
    writeStatus(this.#root, status);
  }
}

function isMomentary({ state, pid }: ServiceStatus): boolean {
  return state === 'stopping' || (state === 'starting' && pid === null);
}
