import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import { composeServiceEnvironment, type ServiceEnvironmentRequest } from '../../../plan/environment.ts';
import type { ExpansionReport } from '../../../plan/expansion-report.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { LaunchSpec } from './launch-spec.ts';
import type { RunnerHost } from './runner-host.ts';

/** The variables of one run, made from what its launch knows. */
export interface LaunchEnvironment {
  /** The port of every service as the run is told it. */
  readonly givenPorts: ReadonlyMap<string, number | null>;
  readonly variables: CommandEnvironment;
  /** A variable that is marked as required, with `${NAME:?message}`, and set nowhere. */
  readonly missing: Failure | null;
}

interface LaunchFacts {
  readonly spec: LaunchSpec;
  readonly run: string;
  readonly host: RunnerHost;
}

/** `earlier`: of the same run, which holds as long as no port has changed. */
export function launchEnvironment({ spec, run, host }: LaunchFacts, earlier?: LaunchEnvironment): LaunchEnvironment {
  const { plan, service, shellEnvironment } = spec;
  const givenPorts = portsFor(spec, host);
  if (earlier !== undefined && isSame(earlier.givenPorts, givenPorts)) return earlier;
  const request: ServiceEnvironmentRequest = {
    ...{ plan, root: host.root, service, shellEnvironment },
    ports: givenPorts,
    runId: run,
  };
  const { environment, report } = composeServiceEnvironment(request);
  return { givenPorts, variables: environment, missing: missingVariable(report) };
}

/** The ports of what runs as they are, of what does not as they are wanted. */
function portsFor({ service, wantedPorts, port }: LaunchSpec, host: RunnerHost): ReadonlyMap<string, number | null> {
  return new Map([...wantedPorts, ...host.currentPorts(), [service.name, port.assigned]]);
}

function isSame(one: LaunchEnvironment['givenPorts'], other: LaunchEnvironment['givenPorts']): boolean {
  return one.size === other.size && [...one].every(([service, port]) => other.get(service) === port);
}

function missingVariable({ failures }: ExpansionReport): Failure | null {
  const missing = failures.find(({ reason }) => reason === 'missing');
  if (missing === undefined) return null;
  return { reason: 'environment-invalid', variable: missing.variable, message: missing.message };
}
