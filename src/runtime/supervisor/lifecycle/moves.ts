import type { RestartPlan } from '../../../plan/plan.ts';
import type { Failure } from '../../state/lifecycle.ts';
import type {
  AfterStop,
  Circumstances,
  History,
  Lifecycle,
  LifecycleAction,
  Races,
  StopMode,
  TransitionResult,
} from './service-lifecycle.ts';

/**
 * Counts a crash: the next try comes at once after the first within the window, then after a back-off that doubles,
 * until there are too many.
 */
export function crashed(past: History, failure: Failure, { nowMs, restart }: Circumstances): TransitionResult {
  const crashTimes = [...recentCrashes(past.crashTimes, nowMs, restart), nowMs];
  const history = { ...historyOf(past), crashTimes };
  if (crashTimes.length > restart.maxRestarts) {
    return stay({ ...history, state: 'failed', run: null, failure: crashLoop(history, failure, restart) });
  }
  return {
    lifecycle: { ...history, restarts: history.restarts + 1, state: 'backing-off', run: null, failure },
    actions: [{ do: 'back-off', delayMs: backOffMs(crashTimes.length, restart) }],
  };
}

function backOffMs(crashes: number, { backoff }: RestartPlan): number {
  return crashes === 1 ? 0 : Math.min(backoff.maxMs, backoff.initialMs * 2 ** (crashes - 2));
}

function crashLoop({ crashTimes, lastExit }: History, last: Failure, { windowMs }: RestartPlan): Failure {
  const exit = lastExit ?? { code: null, signal: null };
  const lastLines = 'lastLines' in last ? last.lastLines : [];
  return { reason: 'crash-loop', crashes: crashTimes.length, windowMs, exit, lastLines };
}

export function launch(
  history: History,
  { freshRun }: Circumstances,
  { lostRaces = 0, before = [] }: Partial<Races> & { readonly before?: readonly LifecycleAction[] } = {},
): TransitionResult {
  return {
    lifecycle: { ...historyOf(history), wanted: 'up', state: 'starting', run: freshRun, failure: null, lostRaces },
    actions: [...before, { do: 'launch', run: freshRun }],
  };
}

/** Has a run ended; what comes then is said with it. */
export function end(
  { run, ...history }: History & { readonly run: string },
  after: AfterStop,
  mode: StopMode = 'graceful',
): TransitionResult {
  return {
    lifecycle: { ...historyOf(history), state: 'stopping', run, ...after },
    actions: [{ do: 'end', run, mode }],
  };
}

/** No process is left and none will follow: `failed` when something went wrong, else `down`. */
export function rest(history: History, failure: Failure | null): TransitionResult {
  if (failure === null) return stay({ ...historyOf(history), state: 'down', run: null, failure });
  return stay({ ...historyOf(history), state: 'failed', run: null, failure });
}

export function stay(lifecycle: Lifecycle): TransitionResult {
  return { lifecycle, actions: [] };
}

/** A start by the user wipes the slate: earlier crashes no longer count. */
export function forgiven(history: History): History {
  return { ...historyOf(history), wanted: 'up', restarts: 0, crashTimes: [] };
}

export function recentCrashes(times: readonly number[], nowMs: number, { windowMs }: RestartPlan): readonly number[] {
  return times.filter((time) => nowMs - time < windowMs);
}

/** Without the position, which a move gives anew. */
export function historyOf({ wanted, restarts, crashTimes, lastExit }: History): History {
  return { wanted, restarts, crashTimes, lastExit };
}
