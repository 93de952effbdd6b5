import type { Plan, ServicePlan } from '../../../plan/plan.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { ClientProcess } from './client-process.ts';

/** All that a service's runs need from the start request that asked for it. */
export interface LaunchSpec {
  readonly plan: Plan;
  readonly service: ServicePlan;
  /** Of the shell that asked, cleaned of make's and devgen's own variables. */
  readonly shellEnvironment: Readonly<Record<string, string>>;
  readonly ports: PortAssignment;
  /** What the services of the plan will have if they are started; a port that is not known before is absent. */
  readonly expectedPorts: ReadonlyMap<string, number | null>;
  /** What starts the process in the supervisor's place; `null`: the supervisor does. */
  readonly client: ClientProcess | null;
  /** Settles when what the service depends on is ready; a failure refuses the launch. */
  readonly gate: (signal: AbortSignal) => Promise<Failure | null>;
}

/** `null`: the service has no port. */
export interface PortAssignment {
  readonly port: number | null;
  readonly wantedPort: number | null;
}
