import { expect, test } from 'vitest';
import type { Failure } from '../../src/runtime/state/lifecycle.ts';
import { newsOf } from '../../src/runtime/supervisor/lifecycle/news-of.ts';
import {
  AT_REST,
  type Lifecycle,
  type LifecycleEvent,
} from '../../src/runtime/supervisor/lifecycle/service-lifecycle.ts';
import { transition } from '../../src/runtime/supervisor/lifecycle/transition.ts';
import { servicePlan } from '../plan/service-plan.ts';

const FAILURE: Failure = { reason: 'unhealthy', failures: 3, seen: { kind: 'nothing-listens' } };
const CRASH = { type: 'exited', exit: { code: 1, signal: null }, failure: FAILURE } as const;

/** The kinds of news that the last of these events is. */
function newsAfter(...events: readonly LifecycleEvent[]): readonly string[] {
  let before: Lifecycle = AT_REST;
  let news: readonly string[] = [];
  for (const [index, event] of events.entries()) {
    const circumstances = { nowMs: index, freshRun: `run ${index}`, hasOtherPort: true };
    const after = transition(before, event, { ...circumstances, restart: servicePlan().restart }).lifecycle;
    news = newsOf({ before, event, after, pid: 7, failures: 3 }).map(({ kind }) => kind);
    before = after;
  }
  return news;
}

const READY = [{ type: 'start' }, { type: 'ready', run: 'run 0' }] as const;
const RESTARTED = [...READY, { ...CRASH, run: 'run 0', hasLostRace: false }, { type: 'backed-off' }] as const;

test('the end of a run is news, unless another one takes its place at once for want of the port', () => {
  expect(newsAfter({ type: 'start' }, { ...CRASH, run: 'run 0', hasLostRace: false })).toEqual(['exited', 'failed']);
  expect(newsAfter(...READY, { ...CRASH, run: 'run 0', hasLostRace: false })).toEqual(['exited']);
  expect(newsAfter({ type: 'start' }, { ...CRASH, run: 'run 0', hasLostRace: true })).toEqual([]);
});

test('a service that turns unhealthy is news once, also when it was not ready in time after an automatic restart', () => {
  const unhealthy = (run: string) => ({ type: 'unhealthy', run, failure: FAILURE }) as const;
  expect(newsAfter(...READY, unhealthy('run 0'))).toEqual(['unhealthy']);
  expect(newsAfter(...READY, unhealthy('run 0'), unhealthy('run 0'))).toEqual([]);
  expect(newsAfter(...RESTARTED, unhealthy('run 3'))).toEqual(['unhealthy']);
});

test('a first start that takes too long is told by its command', () => {
  expect(newsAfter({ type: 'start' }, { type: 'unhealthy', run: 'run 0', failure: FAILURE })).toEqual([]);
});

test('late news of an earlier run is no news', () => {
  expect(newsAfter(...RESTARTED, { ...CRASH, run: 'run 0', hasLostRace: false })).toEqual([]);
});
