import { describe, expect, it } from 'vitest';
import { STALE_RUN, walkTable } from '../../scripts/lifecycle/walk-table.ts';
import { RESTART_CAUSES, type RestartPlan } from '../../src/plan/plan.ts';
import type { Failure } from '../../src/runtime/state/lifecycle.ts';
import {
  AT_REST,
  type Circumstances,
  type Lifecycle,
  type LifecycleEvent,
  type TransitionResult,
} from '../../src/runtime/supervisor/lifecycle/service-lifecycle.ts';
import { transition } from '../../src/runtime/supervisor/lifecycle/transition.ts';

const RESTART: RestartPlan = {
  policy: 'on-failure',
  maxRestarts: 2,
  windowMs: 60_000,
  backoff: { initialMs: 1000, maxMs: 30_000 },
  on: ['memory'],
  maxMemoryBytes: null,
};
const EXITED: Failure = {
  reason: 'exited',
  exit: { code: 1, signal: null },
  afterMs: 5,
  wasReady: false,
  lastLines: ['boom'],
  remedy: null,
};
const STOLEN: Failure = { reason: 'port-stolen', port: 8000, holders: [] };
const LEFT: Failure = { reason: 'stop-incomplete', left: [{ pid: 7, command: 'x' }], port: null };
const NO_ANSWER: Failure = { reason: 'unhealthy', failures: 3, seen: { kind: 'nothing-listens' } };

function circumstances(restart: Partial<RestartPlan> = {}, nowMs = 1_000_000): Circumstances {
  return { nowMs, freshRun: `run-${nowMs}`, restart: { ...RESTART, ...restart }, hasOtherPort: true };
}

/** Applies events one after the other, a millisecond apart. */
function walk(events: readonly LifecycleEvent[], restart: Partial<RestartPlan> = {}): TransitionResult {
  let step: TransitionResult = { lifecycle: AT_REST, actions: [] };
  for (const [index, event] of events.entries()) {
    step = transition(step.lifecycle, event, circumstances(restart, 1_000_000 + index));
  }
  return step;
}

const START: LifecycleEvent = { type: 'start' };
const STOP: LifecycleEvent = { type: 'stop', mode: 'graceful' };
const FIRST = 'run-1000000';

function exited(run: string, code = 1): Extract<LifecycleEvent, { type: 'exited' }> {
  return { type: 'exited', run, exit: { code, signal: null }, failure: EXITED, hasLostRace: false };
}

describe('the lifecycle table', () => {
  it('launches a service that is down', () => {
    const { lifecycle, actions } = walk([START]);
    expect(lifecycle).toMatchObject({ wanted: 'up', state: 'starting', run: FIRST });
    expect(actions).toEqual([{ do: 'launch', run: FIRST }]);
  });

  it('does not launch a service twice', () => {
    const { lifecycle, actions } = walk([START, START]);
    expect(lifecycle).toMatchObject({ state: 'starting', run: FIRST });
    expect(actions).toEqual([]);
  });

  it('fails at once when the first process ends before it was ready', () => {
    const { lifecycle, actions } = walk([START, exited(FIRST)]);
    expect(lifecycle).toMatchObject({ state: 'failed', run: null, failure: EXITED });
    expect(actions).toEqual([]);
  });

  it('restarts at once after a crash, then later each time, and gives up on a crash loop', () => {
    const crashOnce = [START, { type: 'ready', run: FIRST }, exited(FIRST)] as const;
    const first = walk(crashOnce);
    expect(first.lifecycle).toMatchObject({ state: 'backing-off', restarts: 1, run: null });
    expect(first.actions).toEqual([{ do: 'back-off', delayMs: 0 }]);
    const again = [...crashOnce, { type: 'backed-off' }, exited('run-1000003')] as const;
    expect(walk(again).actions).toEqual([{ do: 'back-off', delayMs: 1000 }]);
    const loop = walk([...again, { type: 'backed-off' }, exited('run-1000005')]);
    expect(loop.lifecycle).toMatchObject({ state: 'failed', run: null });
    expect(loop.lifecycle.failure).toMatchObject({ reason: 'crash-loop', crashes: 3 });
  });

  it('does not count crashes from before the window', () => {
    const past = { wanted: 'up', restarts: 0, crashTimes: [1, 2], lastExit: null } as const;
    const ready: Lifecycle = { ...past, state: 'ready', run: 'r', failure: null };
    const { lifecycle } = transition(ready, exited('r'), circumstances({}, 1_000_000));
    expect(lifecycle).toMatchObject({ state: 'backing-off', crashTimes: [1_000_000] });
  });

  it.each([
    ['on-failure', 0, 'down'],
    ['on-failure', 1, 'backing-off'],
    ['always', 0, 'backing-off'],
    ['never', 0, 'down'],
    ['never', 1, 'failed'],
  ] as const)('with restart policy %s an exit with code %i leads to %s', (policy, code, state) => {
    const { lifecycle } = walk([START, { type: 'ready', run: FIRST }, exited(FIRST, code)], { policy });
    expect(lifecycle.state).toBe(state);
  });

  it('starts anew after a stop that a start overtook', () => {
    const { lifecycle, actions } = walk([START, STOP, START, { type: 'stopped', run: FIRST, exit: null }]);
    expect(lifecycle).toMatchObject({ wanted: 'up', state: 'starting', run: 'run-1000003' });
    expect(actions).toEqual([{ do: 'launch', run: 'run-1000003' }]);
  });

  it('stays down when a stop follows that start', () => {
    const { lifecycle } = walk([START, STOP, START, STOP, { type: 'stopped', run: FIRST, exit: null }]);
    expect(lifecycle).toMatchObject({ wanted: 'down', state: 'down', run: null });
  });

  it('kills what a graceful stop is still waiting for', () => {
    const { actions } = walk([START, STOP, { type: 'stop', mode: 'kill' }]);
    expect(actions).toEqual([{ do: 'end', run: FIRST, mode: 'kill' }]);
  });

  it('keeps the run of a stop that failed, and tries again at the next stop', () => {
    const failed = walk([START, STOP, { type: 'stop-failed', run: FIRST, failure: LEFT }]);
    expect(failed.lifecycle).toMatchObject({ state: 'failed', run: FIRST, failure: LEFT });
    expect(transition(failed.lifecycle, STOP, circumstances()).actions).toEqual([
      { do: 'end', run: FIRST, mode: 'graceful' },
    ]);
  });

  it('ends a run whose port another server took, and says so', () => {
    const { lifecycle, actions } = walk([START, { type: 'broken', run: FIRST, failure: STOLEN }]);
    expect(actions).toEqual([{ do: 'end', run: FIRST, mode: 'graceful' }]);
    expect(transition(lifecycle, { type: 'stopped', run: FIRST, exit: null }, circumstances()).lifecycle).toMatchObject(
      {
        state: 'failed',
        run: null,
        failure: STOLEN,
      },
    );
  });

  it('does not call it a crash loop when a restart finds that what it depends on was stopped', () => {
    const again = 'run-1000003';
    const restarted = [START, { type: 'ready', run: FIRST }, exited(FIRST), { type: 'backed-off' }] as const;
    const { lifecycle } = walk([
      ...restarted,
      { type: 'broken', run: again, failure: { reason: 'dependency-failed', dependency: 'backend' } },
      { type: 'stopped', run: again, exit: null },
    ]);
    expect(lifecycle).toMatchObject({ state: 'failed', failure: { reason: 'dependency-failed' } });
    const { lifecycle: retried } = walk([
      ...restarted,
      { type: 'broken', run: again, failure: STOLEN },
      { type: 'stopped', run: again, exit: null },
    ]);
    expect(retried).toMatchObject({ state: 'backing-off', failure: STOLEN });
  });

  it('launches again after a lost race for the port', () => {
    const lost: LifecycleEvent = { type: 'lost-race', run: FIRST, failure: STOLEN };
    const { lifecycle, actions } = walk([START, lost, { type: 'stopped', run: FIRST, exit: null }]);
    expect(lifecycle).toMatchObject({ state: 'starting', restarts: 0, lostRaces: 1 });
    expect(actions).toEqual([{ do: 'launch', run: 'run-1000002' }]);
    const ended = walk([START, { ...exited(FIRST), hasLostRace: true }]);
    expect(ended.lifecycle).toMatchObject({ state: 'starting', restarts: 0, lostRaces: 1 });
    expect(ended.actions).toEqual([{ do: 'launch', run: 'run-1000001' }]);
  });

  it('survives three lost races in a row, and none when it may have no other port', () => {
    const lose = (lifecycle: Lifecycle, hasOtherPort: boolean): Lifecycle => {
      const event = { ...exited(lifecycle.run ?? ''), hasLostRace: true } as const;
      return transition(lifecycle, event, { ...circumstances(), hasOtherPort }).lifecycle;
    };
    const started = walk([START]).lifecycle;
    expect(lose(started, false)).toMatchObject({ state: 'failed', failure: EXITED });
    const third = [1, 2, 3].reduce((lifecycle) => lose(lifecycle, true), started);
    expect(third).toMatchObject({ state: 'starting', lostRaces: 3 });
    expect(lose(third, true)).toMatchObject({ state: 'failed', failure: EXITED });
    const ready = transition(third, { type: 'ready', run: third.run ?? '' }, circumstances());
    expect(ready.lifecycle).not.toHaveProperty('lostRaces');
  });

  it('fails with the thief when a lost race is not survived', () => {
    const lost: LifecycleEvent = { type: 'lost-race', run: FIRST, failure: STOLEN };
    const { lifecycle, actions } = transition(walk([START]).lifecycle, lost, {
      ...circumstances(),
      hasOtherPort: false,
    });
    expect(lifecycle).toMatchObject({ state: 'stopping', next: 'rest', failure: STOLEN });
    expect(actions).toEqual([{ do: 'end', run: FIRST, mode: 'graceful' }]);
  });

  it('keeps an unhealthy service running, unless its policy says otherwise', () => {
    const unhealthy: LifecycleEvent = { type: 'unhealthy', run: FIRST, failure: NO_ANSWER };
    const kept = walk([START, { type: 'ready', run: FIRST }, unhealthy]);
    expect(kept.lifecycle).toMatchObject({ state: 'unhealthy', failure: NO_ANSWER });
    expect(transition(kept.lifecycle, { type: 'ready', run: FIRST }, circumstances()).lifecycle).toMatchObject({
      state: 'ready',
      failure: null,
    });
    const replaced = walk([START, { type: 'ready', run: FIRST }, unhealthy], { on: RESTART_CAUSES });
    expect(replaced.lifecycle).toMatchObject({ state: 'stopping', next: 'back-off' });
  });

  it.each([
    [['slow'], { reason: 'too-slow', responseMs: 3000, times: 3 }, 'stopping'],
    [['slow'], { reason: 'unhealthy', failures: 3, seen: { kind: 'error', message: 'x' } }, 'unhealthy'],
    [['port'], { reason: 'port-stolen', port: 8000, holders: [] }, 'stopping'],
    [['unhealthy'], { reason: 'port-stolen', port: 8000, holders: [] }, 'unhealthy'],
    [['unhealthy'], { reason: 'not-listening', port: 8000, lastLines: [], remedy: null }, 'stopping'],
  ] as const)('restarts a service only for what its `on` names: %j and %j', (on, failure, state) => {
    const walked = walk([START, { type: 'ready', run: FIRST }, { type: 'unhealthy', run: FIRST, failure }], { on });
    expect(walked.lifecycle.state).toBe(state);
  });

  it('ends a run that takes too much memory for good when it is never to be restarted', () => {
    const failure: Failure = { reason: 'memory-exceeded', bytes: 2, limitBytes: 1 };
    const events = [START, { type: 'ready', run: FIRST }, { type: 'replace', run: FIRST, failure }] as const;
    expect(walk(events).lifecycle).toMatchObject({ state: 'stopping', next: 'back-off', failure });
    const never = walk([...events, { type: 'stopped', run: FIRST, exit: null }], { policy: 'never', on: [] });
    expect(never.lifecycle).toMatchObject({ state: 'failed', run: null, failure });
  });

  it('ends a run that takes too much memory before it is ready, and restarts it only after an automatic restart', () => {
    const failure: Failure = { reason: 'memory-exceeded', bytes: 2, limitBytes: 1 };
    const first = walk([START, { type: 'replace', run: FIRST, failure }]);
    expect(first.lifecycle).toMatchObject({ state: 'stopping', next: 'rest', failure });
    const again = { type: 'replace', run: 'run-1000003', failure } as const;
    const restarted = walk([START, { type: 'ready', run: FIRST }, exited(FIRST), { type: 'backed-off' }, again]);
    expect(restarted.lifecycle).toMatchObject({ state: 'stopping', next: 'back-off', failure });
  });

  it('restarts what is not ready in time after an automatic restart, where unhealthy services are to be restarted', () => {
    const again = 'run-1000003';
    const timeout: LifecycleEvent = { type: 'unhealthy', run: again, failure: NO_ANSWER };
    const events = [START, { type: 'ready', run: FIRST }, exited(FIRST), { type: 'backed-off' }, timeout] as const;
    expect(walk(events, { on: RESTART_CAUSES }).lifecycle).toMatchObject({ state: 'stopping', next: 'back-off' });
    expect(walk(events).lifecycle).toMatchObject({ state: 'unhealthy', failure: NO_ANSWER });
    // At a start by the user its command tells, and the user decides.
    const first = walk([START, { ...timeout, run: FIRST }], { on: RESTART_CAUSES });
    expect(first.lifecycle).toMatchObject({ state: 'unhealthy' });
  });

  it('forgives earlier crashes when the user starts the service', () => {
    const failed: Lifecycle = {
      wanted: 'up',
      restarts: 5,
      crashTimes: [1],
      lastExit: null,
      state: 'failed',
      run: null,
      failure: EXITED,
    };
    expect(transition(failed, START, circumstances()).lifecycle).toMatchObject({
      restarts: 0,
      crashTimes: [],
      failure: null,
    });
  });
});

describe('what an earlier supervisor left', () => {
  const CRASHES = [999_998, 999_999];
  const past = { wanted: 'up', restarts: 2, lastExit: { code: 1, signal: null }, crashTimes: CRASHES } as const;
  const failure: Failure = { reason: 'ended-unseen' };

  it('goes on with the restart that was due, and counts it once', () => {
    const { lifecycle, actions } = walk([{ type: 'inherited', past, next: 'back-off', failure }]);
    expect(lifecycle).toMatchObject({ state: 'backing-off', wanted: 'up', restarts: 2 });
    expect(actions).toEqual([{ do: 'back-off', delayMs: 1000 }]);
  });

  it('keeps its crashes in mind', () => {
    const adopted = { type: 'adopted', run: FIRST, past, as: { state: 'ready' } } as const;
    expect(walk([adopted], { maxRestarts: 2 }).lifecycle).toMatchObject({ state: 'ready', crashTimes: CRASHES });
    expect(walk([adopted, exited(FIRST)], { maxRestarts: 2 }).lifecycle).toMatchObject({
      state: 'failed',
      failure: { reason: 'crash-loop', crashes: 3 },
    });
  });

  it('has failed when it was wanted up, and is down when it was not', () => {
    expect(walk([{ type: 'inherited', past, next: 'rest', failure }]).lifecycle).toMatchObject({
      ...past,
      state: 'failed',
      failure,
    });
    const unwanted = { ...past, wanted: 'down' } as const;
    expect(walk([{ type: 'inherited', past: unwanted, next: 'rest', failure }]).lifecycle.state).toBe('down');
  });
});

describe('every reachable state under every event', () => {
  const visits = walkTable();

  it('is more than a handful', () => {
    expect(new Set(visits.map(({ before }) => before.state)).size).toBe(7);
    expect(visits.length).toBeGreaterThan(1000);
  });

  it('changes nothing on news of another run', () => {
    const stale = visits.filter(({ event }) => 'run' in event && event.run === STALE_RUN);
    expect(stale.length).toBeGreaterThan(100);
    for (const { before, step } of stale) expect(step).toEqual({ lifecycle: before, actions: [] });
  });

  it('never has a live run without a state that says so, and never launches over one', () => {
    expectOfAll(({ before, event, step: { lifecycle, actions } }) => {
      const hasRun = ['starting', 'ready', 'unhealthy', 'stopping'].includes(lifecycle.state);
      const mayHaveProcesses = before.run !== null && !['stopped', 'exited'].includes(event.type);
      return {
        'a run exactly where the state says so': lifecycle.state === 'failed' || (lifecycle.run !== null) === hasRun,
        'no launch over a run': !(mayHaveProcesses && actions.some((action) => action.do === 'launch')),
      };
    });
  });

  it('follows `stop` with nothing that would start the service', () => {
    expectOfAll(({ event, step: { lifecycle } }) => ({
      'nothing starts':
        event.type !== 'stop' ||
        (lifecycle.wanted === 'down' &&
          (lifecycle.state === 'down' || (lifecycle.state === 'stopping' && lifecycle.next === 'rest'))),
    }));
  });

  it('acts exactly when it enters or leaves the state that the action belongs to', () => {
    expectOfAll(({ before, event, step }) => {
      const { state, run } = step.lifecycle;
      const entered = (which: string): boolean => before.state !== which && state === which;
      const isHurried = before.state === 'stopping' && event.type === 'stop' && event.mode === 'kill';
      const left = before.state === 'backing-off' && state !== 'backing-off';
      const due = {
        launch: state === 'starting' && event.type !== 'adopted' && run !== before.run,
        end: entered('stopping') || isHurried,
        'back-off': entered('backing-off'),
        'cancel-back-off': left && event.type !== 'backed-off',
      };
      const done = step.actions.map((action) => action.do as string);
      return {
        ...Object.fromEntries(Object.entries(due).map(([action, isDue]) => [action, done.includes(action) === isDue])),
        'actions on the run': step.actions.every((action) => !('run' in action) || action.run === run),
      };
    });
  });

  /** Thousands of visits: an `expect` for each would take ten seconds. */
  function expectOfAll(claims: (visit: (typeof visits)[number]) => Readonly<Record<string, boolean>>): void {
    const wrong = visits.flatMap((visit) => {
      const broken = Object.entries(claims(visit)).flatMap(([claim, holds]) => (holds ? [] : [claim]));
      return broken.length > 0 ? [{ broken, ...visit }] : [];
    });
    expect(wrong).toEqual([]);
  }
});
