import { livingSupervisor } from '../state/supervisor-file.ts';
import type { User } from '../state/use-file.ts';
import type { Checkout } from './checkout.ts';
import { followEvents, hasRuns } from './client.ts';

/** Has others know who looks at what runs, while that is so and something runs. */
export class HeldUse {
  readonly #userOf: (names: readonly string[]) => User;
  #told: AbortController | null = null;

  constructor(userOf: (names: readonly string[]) => User) {
    this.#userOf = userOf;
  }

  /** To be called now and then: what runs comes and goes, and so does its supervisor. */
  look(checkout: Checkout): void {
    if (!hasRuns(checkout.root)) this.close();
    // Who only looks begins no supervisor.
    else if (this.#told === null && livingSupervisor(checkout.root) !== null) void this.#tell(checkout);
  }

  close(): void {
    this.#told?.abort();
  }

  async #tell(checkout: Checkout): Promise<void> {
    const told = new AbortController();
    this.#told = told;
    const user = this.#userOf(checkout.plan.services.map(({ name }) => name));
    // The files tell what happens.
    const listeners = { onEvent: ignore, onProbe: ignore, isWanted: () => false, user };
    await followEvents(checkout, listeners, told.signal);
    this.#told = null;
  }
}

function ignore(): void {
  // See above.
}
