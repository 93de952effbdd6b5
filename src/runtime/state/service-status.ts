import type { ProcessIdentity } from '../../platform/process-identity.ts';
import type { ExitStatus, Failure, HealthReport, ServiceState, Wanted } from './lifecycle.ts';

/** `logs/NAME_status.json`: the public word on one service, replaced atomically at each change. No secrets. */
export interface ServiceStatus {
  readonly schemaVersion: 1;
  readonly service: string;
  readonly state: ServiceState;
  readonly wanted: Wanted;
  /** The root process of the current run; `null`: none runs. */
  readonly pid: number | null;
  readonly identity: ProcessIdentity | null;
  /** Id of the current or last run: 32 hexadecimal digits. */
  readonly run: string | null;
  readonly command: string;
  readonly cwd: string;
  /** The port it really has; `null`: none, or not running. */
  readonly port: number | null;
  readonly wantedPort: number | null;
  readonly url: string | null;
  /** ISO 8601, as all times here. */
  readonly startedAt: string | null;
  readonly readyAt: string | null;
  readonly startupMs: number | null;
  /** Automatic restarts since the user last started it. */
  readonly restarts: number;
  readonly lastExit: (ExitStatus & { readonly at: string }) | null;
  readonly failure: Failure | null;
  readonly health: HealthReport;
  /** Relative to the project root. */
  readonly log: string;
  readonly supervisor: ProcessIdentity | null;
}
