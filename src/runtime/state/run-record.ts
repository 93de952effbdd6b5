import type { ServicePlan } from '../../plan/plan.ts';
import type { ProcessIdentity } from '../../platform/process-identity.ts';

/**
 * `logs/.devgen/runs/NAME.json`: what a later supervisor needs in order to adopt, stop or bury a run.
 * Written before the spawn (`root` still `null`) and completed after it.
 */
export interface RunRecord {
  readonly schemaVersion: 1;
  /** 32 hexadecimal digits; the tag is `DEVGEN_RUN_<id>`. */
  readonly id: string;
  readonly service: string;
  readonly plan: ServicePlan;
  /** `null`: the spawn was intended but its outcome was never recorded. */
  readonly root: ProcessIdentity | null;
  /** Absolute paths; no FIFO and no log: it has a terminal. */
  readonly fifo: string;
  readonly log: string;
  readonly cwd: string;
  readonly port: number | null;
  readonly wantedPort: number | null;
  readonly url: string | null;
  /** The port of every service of the plan as this run was told them; `null`: that service has none. */
  readonly givenPorts: Readonly<Record<string, number | null>>;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly readyAt: string | null;
  /** Byte offset of the log at which this run's output begins. */
  readonly logOffset: number;
  /** SHA-256 over the expanded command, cwd and config environment: tells whether a leftover still is what is wanted. */
  readonly fingerprint: string;
}
