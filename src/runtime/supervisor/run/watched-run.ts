import type { ServicePlan } from '../../../plan/plan.ts';
import type { LifecycleEvent } from '../lifecycle/service-lifecycle.ts';
import type { LiveRun } from './live-run.ts';
import type { RunnerHost } from './runner-host.ts';

/** What a watcher of a run gets: the run, and where its news go. */
export interface WatchedRun {
  readonly live: LiveRun;
  readonly service: ServicePlan;
  readonly host: RunnerHost;
  readonly dispatch: (event: LifecycleEvent) => void;
}
