import { wantedPorts } from '../../plan/wanted-ports.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { knownShift } from '../../runtime/worktrees/port-shift.ts';
import { viewService } from './service-view.ts';

/** The port of each service as it is now; of what does not run, the one that it would want. `null`: none. */
export function portsNow(checkout: Checkout): ReadonlyMap<string, number | null> {
  const { root, plan, environment } = checkout;
  const wanted = wantedPorts(plan, environment, { overrides: {}, shift: knownShift(checkout) ?? 0 });
  return new Map(
    plan.services.map((service) => {
      const configured = wanted.ok ? wanted.value.get(service.name) : null;
      return [service.name, viewService(root, service).port ?? (typeof configured === 'number' ? configured : null)];
    }),
  );
}
