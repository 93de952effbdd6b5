import { err, ok, type Result } from '../../../base/result.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { Publisher } from '../publisher.ts';
import type { LaunchSpec, PortAssignment } from '../run/launch-spec.ts';
import { assignPorts } from './assign-ports.ts';
import type { CheckoutPorts } from './checkout-ports.ts';
import { relaunchPortRequest } from './port-request.ts';

export interface PortKeeper {
  readonly ports: CheckoutPorts;
  readonly publisher: Publisher;
}

/**
 * The port of an automatic relaunch: the one it had while nothing else has it, else as at a start without `--force`.
 */
export async function reassignPort(
  { ports, publisher }: PortKeeper,
  spec: LaunchSpec,
  run: string,
): Promise<Result<PortAssignment, Failure>> {
  if (spec.port.assigned === null) return ok(spec.port);
  const { name } = spec.service;
  const { plan, service, shellEnvironment } = spec;
  const requests = { launching: [relaunchPortRequest(spec)], wanted: spec.wantedPorts };
  const facts = { plan, services: [service], shellEnvironment };
  const outcome = await assignPorts(ports, { ...facts, requests, callers: [], publisher, run });
  if (outcome.kind === 'refused') return err(outcome.failures.get(name) ?? { reason: 'cancelled' });
  const assigned = outcome.ports.get(name);
  for (const news of assigned?.news ?? []) publisher.announce(name, news);
  return ok({ ...spec.port, assigned: assigned?.port ?? null });
}
