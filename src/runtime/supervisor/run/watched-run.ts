import type { ServicePlan } from '../../../plan/plan.ts';
import type { LifecycleEvent } from '../lifecycle/service-lifecycle.ts';
import type { LiveRun } from './live-run.ts';
import type { RunnerHost } from './runner-host.ts';

/** What a watcher of a run gets: whom it watches, and where its news go. */
export interface WatchedRun {
  readonly live: LiveRun;
  readonly service: ServicePlan;
  readonly host: RunnerHost;
  /** The run's health or record changed without a change of its state. */
  readonly changed: () => void;
  readonly dispatch: (event: LifecycleEvent) => void;
}
