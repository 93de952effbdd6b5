import { err, ok, type Result } from '../../base/result.ts';
import type { Plan, ServicePlan } from '../../plan/plan.ts';
import { wantedPorts } from '../../plan/wanted-ports.ts';
import { withPortsLocked } from '../ports/reservations.ts';
import { readLastPorts, rememberPort } from '../state/last-ports-file.ts';
import type { Failure } from '../state/lifecycle.ts';
import { readRunRecord, servicesWithRunRecord } from '../state/run-record-file.ts';
import { CheckoutPorts } from '../supervisor/checkout-ports.ts';
import { decidePort, type PortDecision, type Stance } from '../supervisor/decide-ports.ts';

export interface PortClaim {
  readonly root: string;
  readonly plan: Plan;
  readonly service: ServicePlan;
  readonly shellEnvironment: Readonly<Record<string, string | undefined>>;
  /** From the command line; `null`: as configured. */
  readonly port: number | null;
  readonly stance: Stance;
}

export interface ClaimedPort extends PortDecision {
  release(): void;
}

/**
 * Decides and reserves the port of one service for this process, as a start does. The reservation is not marked as a run's:
 * a supervisor that meets the service then takes it for a stranger, whom it leaves alone, rather than for a leftover.
 */
export async function claimPort(claim: PortClaim): Promise<Result<ClaimedPort, Failure>> {
  const { root, plan, service, stance } = claim;
  const overrides = claim.port === null ? {} : { [service.name]: claim.port };
  const wanted = wantedPorts(plan, claim.shellEnvironment, overrides);
  const invalid = wanted.ok ? undefined : wanted.error.find((each) => each.service === service.name);
  if (invalid !== undefined) return err(invalid);
  const desk = new CheckoutPorts(root, () =>
    servicesWithRunRecord(root).flatMap((name) => {
      const record = readRunRecord(root, name);
      return record.ok ? [record.value] : [];
    }),
  );
  const wishes = wanted.ok ? wanted.value : new Map([[service.name, null]]);
  desk.expect(wishes);
  const lastUsed = readLastPorts(root).get(service.name) ?? null;
  const request = { service, wanted: wishes.get(service.name) ?? null, stance, lastUsed };
  const decision = await withPortsLocked(() => decidePort(request, desk));
  if (!decision.ok) return decision;
  const { port, wantedPort } = decision.value.ports;
  if (port !== null && port !== wantedPort) rememberPort(root, service.name, port);
  return ok({ ...decision.value, release: () => desk.release(service.name) });
}
