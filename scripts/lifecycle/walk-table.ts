import { RESTART_CAUSES, type RestartPlan } from '../../src/plan/plan.ts';
import type { ExitStatus, Failure } from '../../src/runtime/state/lifecycle.ts';
import {
  AT_REST,
  type Circumstances,
  type Lifecycle,
  type LifecycleEvent,
  type Past,
  type TransitionResult,
} from '../../src/runtime/supervisor/lifecycle/service-lifecycle.ts';
import { transition } from '../../src/runtime/supervisor/lifecycle/transition.ts';

/** One event in one reachable lifecycle, and what the table makes of it. */
export interface Visit {
  readonly before: Lifecycle;
  readonly event: LifecycleEvent;
  readonly step: TransitionResult;
}

/** The run that no lifecycle has: its news is news of an earlier one. */
export const STALE_RUN = 'stale';

const RESTART: RestartPlan = {
  policy: 'on-failure',
  maxRestarts: 2,
  windowMs: 60_000,
  backoff: { initialMs: 1000, maxMs: 30_000 },
  on: ['memory'],
  maxMemoryBytes: null,
};
const POLICIES: readonly (Partial<RestartPlan> & Pick<Circumstances, 'hasOtherPort'>)[] = [
  { hasOtherPort: true },
  { hasOtherPort: false },
  { hasOtherPort: true, on: RESTART_CAUSES },
  { hasOtherPort: true, policy: 'always' },
  { hasOtherPort: true, policy: 'never', on: [] },
];
const CRASHED_UNSEEN: Past = {
  wanted: 'up',
  restarts: 2,
  lastExit: { code: null, signal: null },
  crashTimes: [0, 0],
};
const CANCELLED: Failure = { reason: 'cancelled' };

/** Every lifecycle that any sequence of events leads to, under every event; run ids made anonymous and counters cut off. */
export function walkTable(): readonly Visit[] {
  return POLICIES.flatMap(({ hasOtherPort, ...policy }) => {
    const visits: Visit[] = [];
    const seen = new Set<string>();
    const open: Lifecycle[] = [AT_REST];
    for (let before = open.pop(); before !== undefined; before = open.pop()) {
      const key = JSON.stringify(before);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const event of eventsFor(before.run ?? 'none')) {
        const restart = { ...RESTART, ...policy };
        const step = transition(before, event, { nowMs: 0, freshRun: otherThan(before.run), restart, hasOtherPort });
        visits.push({ before, event, step });
        const { restarts, crashTimes } = step.lifecycle;
        open.push({ ...step.lifecycle, restarts: Math.min(restarts, 2), crashTimes: crashTimes.slice(-4) });
      }
    }
    return visits;
  });
}

/** Ids are anonymous, but a run is never followed by itself. */
function otherThan(run: string | null): string {
  return run === 'run' ? 'next' : 'run';
}

function eventsFor(current: string): readonly LifecycleEvent[] {
  return [
    { type: 'start' },
    { type: 'stop', mode: 'graceful' },
    { type: 'stop', mode: 'kill' },
    { type: 'restart' },
    { type: 'adopted', run: 'old', past: CRASHED_UNSEEN, as: { state: 'ready' } },
    { type: 'adopted', run: 'old', past: CRASHED_UNSEEN, as: { state: 'starting' } },
    { type: 'adopted', run: 'old', past: CRASHED_UNSEEN, as: { state: 'unhealthy', failure: CANCELLED } },
    { type: 'adopted', run: 'old', past: CRASHED_UNSEEN, as: { state: 'failed', failure: CANCELLED } },
    { type: 'inherited', past: CRASHED_UNSEEN, next: 'rest', failure: CANCELLED },
    { type: 'inherited', past: CRASHED_UNSEEN, next: 'back-off', failure: CANCELLED },
    { type: 'inherited', past: { ...CRASHED_UNSEEN, wanted: 'down' }, next: 'rest', failure: CANCELLED },
    { type: 'backed-off' },
    ...newsOf(current),
    ...newsOf(STALE_RUN),
  ];
}

/** Everything that a run can have to say; the failures differ only in what is told of them. */
export function newsOf(run: string): readonly LifecycleEvent[] {
  const exited = (code: number, hasLostRace: boolean): LifecycleEvent => {
    return { type: 'exited', run, exit: exitWith(code), failure: CANCELLED, hasLostRace };
  };
  return [
    { type: 'ready', run },
    { type: 'unhealthy', run, failure: CANCELLED },
    { type: 'lapsed', run, failure: CANCELLED },
    { type: 'replace', run, failure: CANCELLED },
    { type: 'broken', run, failure: CANCELLED },
    { type: 'lost-race', run, failure: CANCELLED },
    exited(0, false),
    exited(1, false),
    exited(1, true),
    { type: 'stopped', run, exit: exitWith(0) },
    { type: 'stop-failed', run, failure: CANCELLED },
  ];
}

function exitWith(code: number): ExitStatus {
  return { code, signal: null };
}
