import type { ServicePlan } from '../../../plan/plan.ts';
import type { StartRequest } from '../control/protocol.ts';

/** Whether the user named the service, rather than something that depends on it. */
export function isAsked(order: StartRequest, service: ServicePlan): boolean {
  return order.names.length === 0 || order.names.includes(service.name);
}
