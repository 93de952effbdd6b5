import { ok, type Result } from '../../../base/result.ts';
import { withPortsLocked } from '../../ports/reservations.ts';
import { readLastPorts } from '../../state/last-ports-file.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { Publisher } from '../publisher.ts';
import type { LaunchSpec, PortAssignment } from '../run/launch-spec.ts';
import type { CheckoutPorts } from './checkout-ports.ts';
import { decidePort } from './decide-ports.ts';

export interface PortKeeper {
  readonly root: string;
  readonly ports: CheckoutPorts;
  readonly publisher: Publisher;
}

/**
 * The port of an automatic relaunch: the one it had when that is free, else as at a start.
 * Nobody is evicted: nobody was asked.
 */
export async function reassignPort(keeper: PortKeeper, order: LaunchSpec): Promise<Result<PortAssignment, Failure>> {
  const { service, ports } = order;
  if (ports.port === null) return ok(ports);
  const kept = ports.port;
  return withPortsLocked(async () => {
    const holders = await keeper.ports.holders(kept, service.name);
    if (holders.length === 0) {
      keeper.ports.reserve(kept, service.name);
      return ok(ports);
    }
    const lastUsed = readLastPorts(keeper.root).get(service.name) ?? null;
    const wanted = ports.wantedPort ?? 'auto';
    const decision = await decidePort({ service, wanted, stance: 'fallback', lastUsed }, keeper.ports);
    if (!decision.ok) return decision;
    for (const news of decision.value.news) keeper.publisher.announce(service.name, news);
    return ok(decision.value.ports);
  });
}
