import type { RestartPlan } from '../../../plan/plan.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type { Circumstances, Lifecycle, LifecycleAction, StopMode, TransitionResult } from './service-lifecycle.ts';

/** Counts a crash: the next try comes after a back-off, unless too many came within the window. */
export function crashed(lifecycle: Lifecycle, { nowMs, restart }: Circumstances): TransitionResult {
  const crashTimes = [...recentCrashes(lifecycle.crashTimes, nowMs, restart), nowMs];
  const exit = lifecycle.lastExit ?? { code: null, signal: null };
  if (crashTimes.length > restart.maxRestarts) {
    const lastLines = lifecycle.failure !== null && 'lastLines' in lifecycle.failure ? lifecycle.failure.lastLines : [];
    const { windowMs } = restart;
    const failure: Failure = { reason: 'crash-loop', crashes: crashTimes.length, windowMs, exit, lastLines };
    return stay({ ...lifecycle, state: 'failed', run: null, next: 'rest', crashTimes, failure });
  }
  const delayMs = Math.min(restart.backoff.maxMs, restart.backoff.initialMs * 2 ** (crashTimes.length - 1));
  return {
    lifecycle: {
      ...lifecycle,
      state: 'backing-off',
      run: null,
      next: 'rest',
      crashTimes,
      restarts: lifecycle.restarts + 1,
    },
    actions: [{ do: 'back-off', delayMs }],
  };
}

export function launch(
  lifecycle: Lifecycle,
  { freshRun }: Circumstances,
  before: readonly LifecycleAction[] = [],
): TransitionResult {
  return {
    lifecycle: { ...lifecycle, wanted: 'up', state: 'starting', run: freshRun, next: 'rest', failure: null },
    actions: [...before, { do: 'launch', run: freshRun }],
  };
}

export function end(lifecycle: Lifecycle, next: Lifecycle['next'], mode: StopMode): TransitionResult {
  if (lifecycle.run === null) return stay(lifecycle);
  return {
    lifecycle: { ...lifecycle, state: 'stopping', next },
    actions: [{ do: 'end', run: lifecycle.run, mode }],
  };
}

/** No process is left and none will follow: `failed` when something went wrong, else `down`. */
export function rest(lifecycle: Lifecycle): TransitionResult {
  const state = lifecycle.failure === null ? 'down' : 'failed';
  return stay({ ...lifecycle, state, run: null, next: 'rest' });
}

export function stay(lifecycle: Lifecycle): TransitionResult {
  return { lifecycle, actions: [] };
}

/** A start by the user wipes the slate: earlier crashes no longer count. */
export function forgiven(lifecycle: Lifecycle): Lifecycle {
  return { ...lifecycle, wanted: 'up', restarts: 0, crashTimes: [], failure: null };
}

export function recentCrashes(times: readonly number[], nowMs: number, { windowMs }: RestartPlan): readonly number[] {
  return times.filter((time) => nowMs - time < windowMs);
}
