import type { LiveRun } from '../run/live-run.ts';

/** The attempt that the lifecycle's `run` names: preparing, then living, then ending. */
export interface Attempt {
  readonly run: string;
  readonly ending: AbortController;
  /** `null`: nothing was spawned. Never rejects. */
  readonly prepared: Promise<LiveRun | null>;
}
