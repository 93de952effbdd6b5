import type { Plan, ServicePlan } from '../../../plan/plan.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { ClientProcess } from './client-process.ts';

/** All that a service's runs need from the start request that asked for it. */
export interface LaunchSpec {
  readonly plan: Plan;
  readonly service: ServicePlan;
  /** Of what the config says of it, however this launch is held to less. */
  readonly fingerprint: string;
  /** Of the shell that asked, cleaned of make's and devgen's own variables. */
  readonly shellEnvironment: Readonly<Record<string, string>>;
  readonly port: PortAssignment;
  /** Of every service of the plan; one that takes any port is absent. */
  readonly wantedPorts: ReadonlyMap<string, number | null>;
  /** What starts the process in the supervisor's place; `null`: the supervisor does. */
  readonly client: ClientProcess | null;
  /** Settles when what the service depends on is ready; a failure refuses the launch. */
  readonly gate: (signal: AbortSignal) => Promise<Failure | null>;
}

/**
 * A port has four words on its way: what the config says is *configured*, what that makes at a start is *wanted*, what
 * the decision gives is *assigned*, and where the run listens in the end is *actual*: the `port` of its record.
 */
export interface PortAssignment {
  /** `null`: none, or any. */
  readonly wanted: number | null;
  /** `null`: the service has no port. */
  readonly assigned: number | null;
}
