import type { LiveRun } from '../run/live-run.ts';

/** The run that the lifecycle names: being prepared, then living, then ending. */
export interface LaunchedRun {
  readonly id: string;
  /** Aborted when the run shall end, prepared or not. */
  readonly ending: AbortController;
  /** `null`: nothing was spawned. Never rejects. */
  readonly prepared: Promise<LiveRun | null>;
}
