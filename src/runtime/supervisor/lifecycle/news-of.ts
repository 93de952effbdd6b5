import type { RuntimeNews } from '../../state/runtime-event.ts';
import type { Lifecycle, LifecycleEvent } from './service-lifecycle.ts';

/** One event, and what the table made of it. */
export interface StateChange {
  readonly before: Lifecycle;
  readonly event: LifecycleEvent;
  readonly after: Lifecycle;
  /** Of the run's root; 0: not known. */
  readonly pid: number;
  /** Failed probes in a row. */
  readonly failures: number;
}

/** What a change of state is told as. Pure; what a run does without a change of state its watchers tell. */
export function newsOf(change: StateChange): readonly RuntimeNews[] {
  return [...endOf(change), ...illnessOf(change), ...failureOf(change)];
}

/** A run that gives way to a stranger on its port starts again at once: its end is no news. */
function endOf({ before, event, after, pid }: StateChange): readonly RuntimeNews[] {
  if (event.type !== 'exited' || event.run !== before.run || after.state === 'starting') return [];
  return [{ kind: 'exited', pid, exit: event.exit, expected: event.exit.code === 0 }];
}

/**
 * Of a port that is closed its watcher tells, unless it is soon open again; of a first start that takes too long, the
 * command that waits for it.
 */
function illnessOf({ before, event, after, failures }: StateChange): readonly RuntimeNews[] {
  const isIll = event.type === 'unhealthy' || event.type === 'replace' || event.type === 'lapsed';
  if (!isIll || event.run !== before.run || after.state === before.state) return [];
  if (before.state === 'starting' && before.restarts === 0) return [];
  if (event.failure.reason === 'not-listening') return [];
  return [{ kind: 'unhealthy', failures, failure: event.failure }];
}

function failureOf({ before, after }: StateChange): readonly RuntimeNews[] {
  if (before.state === 'failed' || after.state !== 'failed' || after.failure.reason === 'ended-unseen') return [];
  return [{ kind: 'failed', failure: after.failure }];
}
