import { ownIdentity } from '../../platform/process-identity.ts';
import type { Lease } from '../supervisor/control/protocol.ts';
import type { Checkout } from './checkout.ts';
import { acquireLease } from './client.ts';

/** What the supervisor keeps for this process: when it is killed, what it leaves is ended. */
export interface OpenLease {
  readonly lease: Lease;
  /** Asks for it, the first time; resolves when it is had, or cannot be had for now. */
  acquire(): Promise<void>;
  /** It is not asked for again, whatever becomes of the supervisor. */
  close(): void;
}

export function openLease(checkout: Checkout, wish: Pick<Lease, 'title' | 'names' | 'onDemand'>): OpenLease {
  const lease = { id: crypto.randomUUID(), holder: ownIdentity(), ...wish };
  const over = new AbortController();
  let acquired: Promise<void> | undefined;
  return {
    lease,
    acquire() {
      acquired ??= acquireLease(checkout, lease, over.signal);
      return acquired;
    },
    close: () => over.abort(),
  };
}
