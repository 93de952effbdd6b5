import type { Checkout } from '../../runtime/client/checkout.ts';
import { viewService } from './service-view.ts';
import { wantedHere } from './wanted-here.ts';

/** The port of each service as it is now; of what does not run, the one that it would want. `null`: none. */
export function portsNow(checkout: Checkout): ReadonlyMap<string, number | null> {
  const { root, plan } = checkout;
  const wanted = wantedHere(checkout);
  return new Map(
    plan.services.map((service) => {
      const configured = wanted.ok ? wanted.value.get(service.name) : null;
      return [service.name, viewService(root, service).port ?? (typeof configured === 'number' ? configured : null)];
    }),
  );
}
