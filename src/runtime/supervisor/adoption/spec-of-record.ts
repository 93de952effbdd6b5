import type { Plan } from '../../../plan/plan.ts';
import type { RunRecord } from '../../state/run-record.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';

/** What the next launches of a service follow until the next start request. */
export function specOfRecord(
  { plan: service, port, wantedPort, givenPorts, fingerprint }: RunRecord,
  plan: Plan,
  shellEnvironment: Readonly<Record<string, string>>,
): LaunchSpec {
  return {
    plan,
    service,
    fingerprint,
    shellEnvironment,
    port: { wanted: wantedPort, assigned: port },
    wantedPorts: new Map(Object.entries(givenPorts)),
    client: null,
    gate: async () => null,
  };
}
