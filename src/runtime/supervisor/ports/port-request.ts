import type { ServicePlan } from '../../../plan/plan.ts';
import type { WantedPort } from '../../../plan/wanted-ports.ts';
import type { PortPolicy, PortRequest } from '../../ports/decide-ports.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';

/** What a service that is asked for by a command wants. */
export function portRequest(service: ServicePlan, wanted: WantedPort, policy: PortPolicy): PortRequest {
  return { service: service.name, wanted, kept: null, published: null, policy, ...limitsOf(service) };
}

/** What a service wants that is launched again though no command asked: its port, and no process ended for it. */
export function relaunchPortRequest({ service, port }: LaunchSpec): PortRequest {
  const wanted = port.assigned === null ? null : (port.wanted ?? 'auto');
  const policy = service.onConflict.policy === 'fail' ? 'fail' : 'fallback';
  return { service: service.name, wanted, kept: port.assigned, published: null, policy, ...limitsOf(service) };
}

function limitsOf({ port, onConflict }: ServicePlan): Pick<PortRequest, 'fallbackSpan' | 'graceMs'> {
  return { fallbackSpan: port.kind === 'wanted' ? port.fallbackSpan : 0, graceMs: onConflict.graceMs };
}
