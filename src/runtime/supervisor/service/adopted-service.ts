import type { ServiceStatus } from '../../state/service-status.ts';
import type { Adopted, Past } from '../lifecycle/service-lifecycle.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';
import type { LiveRun } from '../run/live-run.ts';

/** A run that an earlier supervisor started and that lives. */
export interface AdoptedService {
  readonly live: LiveRun;
  readonly spec: LaunchSpec;
  readonly past: Past;
  /** By that supervisor. */
  readonly lastRestart: ServiceStatus['lastRestart'];
  /** The state in which it was found. */
  readonly as: Adopted;
}
