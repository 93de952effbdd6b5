import type { ServicePlan } from '../../../plan/plan.ts';
import type { StartOrder } from '../control/protocol.ts';

/** Whether the user named the service, rather than something that depends on it. */
export function isAsked(order: StartOrder, service: ServicePlan): boolean {
  return order.names.length === 0 || order.names.includes(service.name);
}
