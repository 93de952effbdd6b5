import type { ServicePlan } from '../../../plan/plan.ts';
import type { PortHolder } from '../../state/lifecycle.ts';
import type { StartRequest } from '../control/protocol.ts';
import { obstaclesOf } from '../ports/decide-ports.ts';
import type { Supervisor } from '../supervisor.ts';
import { wantsOf } from './begin-start.ts';
import { isAsked } from './is-asked.ts';
import { stopElsewhere } from '../ports/stop-elsewhere.ts';

/**
 * With `--force`: has other checkouts stop what they have on the ports wanted here. It may last, so it comes before the
 * ports are decided, which every start of this user waits for.
 */
export async function clearOtherCheckouts(
  supervisor: Supervisor,
  order: StartRequest,
  services: readonly ServicePlan[],
): Promise<void> {
  const wanted = wantsOf(order, services);
  if (order.mode !== 'force' || !wanted.ok) return;
  const asked = services.filter((service) => isAsked(order, service));
  await Promise.all(
    asked.map((service) => clear(supervisor, order, { service, port: wanted.value.get(service.name) })),
  );
}

async function clear(
  { ports, publisher }: Supervisor,
  order: StartRequest,
  { service, port }: { readonly service: ServicePlan; readonly port: number | 'auto' | null | undefined },
): Promise<void> {
  if (typeof port !== 'number') return;
  const holders = await obstaclesOf(port, service, ports);
  if (!holders.every((holder) => mayGo(holder, order))) return;
  const runs = holders.flatMap(({ relation }) => (relation.kind === 'other-checkout' ? [relation] : []));
  const unique = new Map(runs.map((run) => [`${run.root}\0${run.service}`, run]));
  if (unique.size === 0) return;
  await Promise.all([...unique.values()].map((run) => stopElsewhere(run.root, run.service)));
  const left = await obstaclesOf(port, service, ports);
  const ended = holders.filter(
    ({ relation, pid }) => relation.kind === 'other-checkout' && !left.some((holder) => holder.pid === pid),
  );
  if (ended.length > 0) publisher.announce(service.name, { kind: 'port-freed', port, holders: ended });
}

/** Nobody is stopped for a port that will not be had, or for a command that came from there. */
function mayGo({ relation, pid }: PortHolder, { callers }: StartRequest): boolean {
  return relation.kind !== 'untouchable' && relation.kind !== 'sibling-service' && !callers.includes(pid ?? 0);
}
