import type { Checkout } from '../runtime/client/checkout.ts';
import { followEvents } from '../runtime/client/client.ts';
import { iterate } from './iterate.ts';
import type { ServiceEvent } from './manager.ts';

/** Every event of the checkout from now on. */
export function readEvents(checkout: Checkout, signal: AbortSignal | undefined): AsyncGenerator<ServiceEvent, void> {
  return iterate<ServiceEvent>(signal, async (push, ending) => {
    await followEvents(checkout, { onEvent: push, onProbe: () => undefined, isWanted: () => !ending.aborted }, ending);
  });
}
