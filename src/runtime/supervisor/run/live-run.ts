import type { CommandEnvironment } from '../../../plan/command-environment.ts';
import type { ExitStatus, HealthReport } from '../../state/lifecycle.ts';
import type { RunRecord } from '../../state/run-record.ts';

/** A run of which processes may be alive, as its supervisor holds it. */
export interface LiveRun {
  record: RunRecord;
  health: HealthReport;
  /** What its processes were given; secrets included, so it is never written. */
  readonly environment: CommandEnvironment;
  /** Settles when the root process has ended; its parent knows how, an adopter only that. */
  readonly rootExited: Promise<ExitStatus>;
  /** Aborted when the run shall end: whatever prepares, probes or watches it gives up. */
  readonly ending: AbortController;
}

export const UNPROBED: HealthReport = {
  verdict: 'unknown',
  checkedAt: null,
  responseMs: null,
  grade: null,
  failures: 0,
};
