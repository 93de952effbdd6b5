import { whenGone } from '../../../platform/when-gone.ts';
import type { User } from '../../state/use-file.ts';
import { notRunning } from '../control/not-running.ts';
import type { Lease, LeftService, ReleaseReport, ReleaseRequest, StoppedService } from '../control/protocol.ts';
import type { Supervisor } from '../supervisor.ts';
import { stopServices } from './stop-services.ts';

/**
 * Keeps a lease until its request is `closed` and its holder gone: a task that ends without a word, be it killed,
 * leaves nothing running either, neither its command nor, after that, its services. A holder that lives has only closed
 * a request that was not answered, and makes another.
 */
export async function holdLease(supervisor: Supervisor, lease: Lease, closed: Promise<unknown>): Promise<void> {
  supervisor.leases.acquire(lease);
  if (lease.names.length > 0) supervisor.uses.note(userOf(lease));
  await closed;
  await whenGone(lease.holder);
  await supervisor.commands.endOf(lease.holder);
  if (supervisor.leases.isHeld(lease.id)) await endLease(supervisor, { lease, mode: 'graceful' });
}

/** Ends a lease, and stops what only it still needed. */
export async function endLease(supervisor: Supervisor, request: ReleaseRequest): Promise<ReleaseReport> {
  const { leases, runners } = supervisor;
  const { id, names } = request.lease;
  const free = leases.release(request);
  const others = names.filter((name) => !free.includes(name));
  const isUp = (name: string): boolean =>
    runners.some(({ service, lifecycle }) => service.name === name && !['down', 'failed'].includes(lifecycle.state));
  const left = others.filter(isUp).map((service): LeftService => {
    return { service, because: leases.isNeeded(service) ? 'needed' : 'wanted' };
  });
  const down = others.filter((name) => !isUp(name)).map(notRunning);
  const stopped: readonly StoppedService[] =
    free.length === 0 ? [] : (await stopServices(supervisor, { names: free, mode: request.mode })).services;
  leases.forget(id);
  supervisor.uses.forget(userOf(request.lease));
  return { services: [...stopped, ...down], left };
}

function userOf({ title, holder, names }: Lease): User {
  return { name: title, identity: holder, names };
}
