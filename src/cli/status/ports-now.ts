import { wantedPorts } from '../../plan/wanted-ports.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { viewService } from './service-view.ts';

/** The port of each service as it is now; of what does not run, the one that it would want. `null`: none. */
export function portsNow({ root, plan, environment }: Checkout): ReadonlyMap<string, number | null> {
  const wanted = wantedPorts(plan, environment, {});
  return new Map(
    plan.services.map((service) => {
      const configured = wanted.ok ? wanted.value.get(service.name) : null;
      return [service.name, viewService(root, service).port ?? (typeof configured === 'number' ? configured : null)];
    }),
  );
}
