import type { Result } from '../../../base/result.ts';
import type { ServicePlan } from '../../../plan/plan.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { LatelyListening } from '../../../platform/lately-listening.ts';
import type { Listener } from '../../../platform/listeners.ts';
import type { ProcessIdentity } from '../../../platform/process-identity.ts';
import type { Facts } from '../../logs/debug-line.ts';
import type { Failure, PortHolder } from '../../state/lifecycle.ts';
import type { RuntimeNews } from '../../state/runtime-event.ts';
import type { ServiceStatus } from '../../state/service-status.ts';
import type { LaunchSpec, PortAssignment } from './launch-spec.ts';

/** What a service's runner may ask of the supervisor it lives in. */
export interface RunnerHost {
  readonly root: string;
  /** The supervisor's own process. */
  readonly identity: ProcessIdentity;
  readonly clock: Clock;
  /** ISO 8601, now. */
  timestamp(): string;
  /** As an earlier supervisor knew it; `null`: not known. */
  lastHealthyAt(service: string): string | null;
  /** Relative to the root. */
  logOf(service: string): string;
  /** Has the secrets of a launch masked wherever they turn up. */
  hideSecretsOf(spec: LaunchSpec): void;
  announce(service: string, news: RuntimeNews): void;
  publish(status: ServiceStatus): void;
  /** The service is asked now whether it is well, which its log may tell. */
  tellProbe(service: ServicePlan): void;
  /** The service has written these lines. */
  tellOutput(service: ServicePlan, lines: readonly string[]): void;
  /** Notes a decision and what it rests on. */
  debug(service: string, decision: string, facts: Facts): void;
  /** The port of every service as it is now; `null`: it has none. */
  currentPorts(): ReadonlyMap<string, number | null>;
  /** Keeps the spec's port for another launch, or finds another one. */
  reassign(spec: LaunchSpec, run: string): Promise<Result<PortAssignment, Failure>>;
  /** Claims the port that the run is launched on, or listens on instead, for other checkouts to see. */
  claimPort(service: string, port: number, run: string): void;
  /** Gives up what was assigned to a run of the service that will not come. */
  withdrawPort(service: string): void;
  /** Gives up what the run claimed. */
  releasePort(run: string): void;
  /** The processes behind these listeners, seen from the service. */
  holdersOf(listeners: readonly Listener[], service: string): readonly PortHolder[];
  /** Who listens, as it was a moment ago; none where the system does not tell cheaply. */
  readonly lately: Pick<LatelyListening, 'on' | 'changes'>;
  reportBug(cause: unknown): void;
}
