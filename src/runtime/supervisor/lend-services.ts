import type { Lease, ReleaseOrder, StopReport } from './protocol.ts';
import { stopServices } from './stop-services.ts';
import type { Supervisor } from './supervisor.ts';

/** Keeps a lease until `over`; a task that ends without a word, be it killed, leaves nothing running either. */
export async function lendServices(supervisor: Supervisor, lease: Lease, over: Promise<unknown>): Promise<void> {
  supervisor.leases.open(lease);
  await over;
  await releaseServices(supervisor, { id: lease.id, mode: 'graceful' });
}

/** Ends a lease, and stops what only it still needed. */
export async function releaseServices(supervisor: Supervisor, order: ReleaseOrder): Promise<StopReport> {
  const names = supervisor.leases.close(order);
  if (names.length === 0) return { services: [] };
  const { services } = await stopServices(supervisor, { names, mode: order.mode });
  return { services: services.filter(({ outcome }) => outcome !== 'was-not-running') };
}
