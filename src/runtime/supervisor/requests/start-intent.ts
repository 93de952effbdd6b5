import type { ServicePlan } from '../../../plan/plan.ts';
import type { WantedPorts } from '../../../plan/wanted-ports.ts';
import type { PortPolicy, PortRequest } from '../../ports/decide-ports.ts';
import type { ServiceState } from '../../state/lifecycle.ts';
import type { StartRequest } from '../control/protocol.ts';
import { portRequest } from '../ports/port-request.ts';
import { serviceFingerprint } from '../run/service-fingerprint.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import { isAsked } from './is-asked.ts';

/**
 * What a start means for one service as it is now. `only-port`: it runs well, but not on the port of the command line.
 */
export type Intent =
  | { readonly kind: 'join' }
  | { readonly kind: 'launch'; readonly because: 'down' | 'restart' | 'only-port' };

const UP: readonly ServiceState[] = ['starting', 'ready', 'unhealthy'];

export function intentOf(runner: ServiceRunner, service: ServicePlan, request: StartRequest): Intent {
  const { record, lifecycle, spec } = runner;
  if (!UP.includes(lifecycle.state)) return { kind: 'launch', because: 'down' };
  const isOutdated = runner.isAdopted && record !== null && record.fingerprint !== serviceFingerprint(service);
  if (isOutdated || (request.mode !== 'normal' && isAsked(request, service))) {
    return { kind: 'launch', because: 'restart' };
  }
  // It has failed once: what it lacked may be there now, and a watcher of files does not see that.
  if (lifecycle.state === 'unhealthy' && record?.readyAt === null) return { kind: 'launch', because: 'restart' };
  const wanted = request.ports[service.name];
  const present = record?.port ?? spec?.port.assigned;
  return wanted === undefined || wanted === present ? { kind: 'join' } : { kind: 'launch', because: 'only-port' };
}

export interface IntendedLaunch {
  readonly request: StartRequest;
  readonly wanted: WantedPorts;
  readonly intent: Intent | undefined;
}

/** A service that runs well moves to the port of the command line, or not at all. */
export function portRequestOf(service: ServicePlan, { request, wanted, intent }: IntendedLaunch): PortRequest {
  const asked = portRequest(service, wanted.get(service.name) ?? null, policyOf(service, request));
  const mayFallBack = intent?.kind !== 'launch' || intent.because !== 'only-port';
  return mayFallBack ? asked : { ...asked, fallbackSpan: 0 };
}

function policyOf(service: ServicePlan, request: StartRequest): PortPolicy {
  if (request.mode === 'force' && isAsked(request, service)) return 'force';
  return request.conflicts[service.name] ?? service.onConflict.policy;
}
