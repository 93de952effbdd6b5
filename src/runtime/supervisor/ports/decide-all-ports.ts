import { err, ok, type Result } from '../../../base/result.ts';
import type { ServicePlan } from '../../../plan/plan.ts';
import { withPortsLocked } from '../../ports/reservations.ts';
import { readLastPorts } from '../../state/last-ports-file.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { StartRequest } from '../control/protocol.ts';
import { isAsked } from '../requests/is-asked.ts';
import type { CheckoutPorts } from './checkout-ports.ts';
import { decidePort, type PortDecision, type Stance } from './decide-ports.ts';

export type WantedPorts = ReadonlyMap<string, number | 'auto' | null>;
export type PortDecisions = ReadonlyMap<string, PortDecision>;

export interface PortNeeds {
  readonly launching: readonly ServicePlan[];
  readonly wanted: WantedPorts;
}

/** All ports of one start, decided and reserved before anything is spawned; or why each service has to stay down. */
export async function decideAllPorts(
  { root, ports }: { readonly root: string; readonly ports: CheckoutPorts },
  order: StartRequest,
  { launching, wanted }: PortNeeds,
): Promise<Result<PortDecisions, ReadonlyMap<string, Failure>>> {
  ports.expect(wanted);
  const lastPorts = readLastPorts(root);
  return withPortsLocked(async () => {
    const decisions = new Map<string, PortDecision>();
    for (const service of launching) {
      const stance = stanceOf(order, service);
      const lastUsed = lastPorts.get(service.name) ?? null;
      const request = { service, wanted: wanted.get(service.name) ?? null, stance, lastUsed };
      const decision = await decidePort(request, ports);
      if (!decision.ok) {
        for (const { name } of launching) ports.release(name);
        return err(blockedBy(launching, new Map([[service.name, decision.error]])));
      }
      decisions.set(service.name, decision.value);
    }
    return ok(decisions);
  });
}

function stanceOf(order: StartRequest, service: ServicePlan): Stance {
  return order.mode === 'force' && isAsked(order, service)
    ? 'force'
    : (order.conflicts[service.name] ?? service.onConflict);
}

/** When one service cannot be started, none is: the others name the one that blocks them. */
export function blockedBy(
  launching: readonly ServicePlan[],
  failures: ReadonlyMap<string, Failure>,
): ReadonlyMap<string, Failure> {
  const [by = ''] = failures.keys();
  return new Map(launching.map(({ name }) => [name, failures.get(name) ?? { reason: 'blocked', by }]));
}
