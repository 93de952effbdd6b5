import { isDeepStrictEqual } from 'node:util';
import type { ServicePlan } from '../../../plan/plan.ts';
import { serviceFingerprint } from '../../../plan/service-fingerprint.ts';
import type { WantedPorts } from '../../../plan/wanted-ports.ts';
import type { PortPolicy, PortRequest } from '../../ports/decide-ports.ts';
import type { ServiceState } from '../../state/lifecycle.ts';
import type { StartRequest } from '../control/protocol.ts';
import { portRequest } from '../ports/port-request.ts';
import type { ServiceRunner } from '../service/service-runner.ts';
import { isAsked } from './is-asked.ts';

/**
 * What a start means for one service as it is now. `only-port`: it runs well, but not on the port of the command line.
 */
export type Intent =
  /** `as`: what the run is to this start. */
  | { readonly kind: 'join'; readonly as: 'joined' | 'restarted' }
  | { readonly kind: 'launch'; readonly because: 'down' | 'restart' | 'only-port' };

const UP: readonly ServiceState[] = ['starting', 'ready', 'unhealthy'];

export function intentOf(runner: ServiceRunner, service: ServicePlan, request: StartRequest): Intent {
  const { record, lifecycle, spec } = runner;
  if (!UP.includes(lifecycle.state)) return { kind: 'launch', because: 'down' };
  const wanted = request.ports[service.name];
  const present = record?.port ?? spec?.port.assigned;
  const isElsewhere = wanted !== undefined && wanted !== present;
  if (!isElsewhere && hasBegunSince(runner, request)) return { kind: 'join', as: 'restarted' };
  const isOutdated =
    runner.isAdopted && record !== null && record.fingerprint !== serviceFingerprint(request.plan, service.name);
  if (isOutdated || (request.mode !== 'normal' && isAsked(request, service))) {
    return { kind: 'launch', because: 'restart' };
  }
  // It has failed once: what it lacked may be there now, and a watcher of files does not see that.
  if (lifecycle.state === 'unhealthy' && record?.readyAt === null) return { kind: 'launch', because: 'restart' };
  return isElsewhere ? { kind: 'launch', because: 'only-port' } : { kind: 'join', as: 'joined' };
}

/** Whether its run began since this restart was asked for, and just as this one would begin it: two at once are one. */
function hasBegunSince({ record, spec }: ServiceRunner, request: StartRequest): boolean {
  if (request.mode !== 'restart' || record === null || spec === null) return false;
  const { plan, shellEnvironment } = request;
  return (
    Date.parse(record.startedAt) >= request.askedAt &&
    isDeepStrictEqual([spec.plan, spec.shellEnvironment], [plan, shellEnvironment])
  );
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
