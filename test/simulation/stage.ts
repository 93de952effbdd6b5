import type { Checkout } from './checkout.ts';
import type { Machine } from './machine.ts';
import type { Schedule } from './schedule.ts';
import type { Truth } from './truth.ts';

/** Where a schedule happens. */
export interface Stage {
  readonly schedule: Schedule;
  readonly machine: Machine;
  readonly truth: Truth;
  readonly checkout: Checkout;
  /** Requests that have not been answered yet. */
  readonly pending: Set<string>;
}
