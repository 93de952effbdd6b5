import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import { serviceFingerprint } from '../../plan/service-fingerprint.ts';
import type { Checkout } from '../../runtime/client/checkout.ts';
import { selectServices } from './select-services.ts';
import { isUp, type ShownService, viewService } from './service-view.ts';
import { unlistedServices } from './unlisted-services.ts';

/** The services to show: those of the config, and those that run though it has them no more. */
export function selectShown(
  { root, plan }: Pick<Checkout, 'root' | 'plan'>,
  names: readonly string[],
): Result<readonly ShownService[], readonly Diagnostic[]> {
  const unlisted = unlistedServices(root, plan).filter((service) => isUp(viewService(root, service)));
  const listed = plan.services.map((service) => ({ ...service, fingerprint: serviceFingerprint(plan, service.name) }));
  return selectServices({ services: [...listed, ...unlisted] }, names);
}
