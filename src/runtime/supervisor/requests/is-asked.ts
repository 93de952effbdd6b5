import type { ServicePlan } from '../../../plan/plan.ts';
import type { StartRequest } from '../control/protocol.ts';

/** Whether the user named the service, rather than something that depends on it. */
export function isAsked(request: StartRequest, service: ServicePlan): boolean {
  return request.names.length === 0 || request.names.includes(service.name);
}
