import { expect, test } from 'vitest';
import { walkTable } from '../../scripts/lifecycle/walk-table.ts';
import type { Failure } from '../../src/runtime/state/lifecycle.ts';
import { dependencyVerdict } from '../../src/runtime/supervisor/lifecycle/dependency-verdict.ts';

test('whatever state a restart or a back-off goes through, what depends on the service waits for it', () => {
  const onTheWay = walkTable().filter(({ before, event, step: { lifecycle, actions } }) => {
    const isRestart = event.type === 'restart' && before.state !== 'down';
    return (isRestart || actions.some((action) => action.do === 'back-off')) && lifecycle.wanted === 'up';
  });
  expect(onTheWay.length).toBeGreaterThan(20);
  for (const { step } of onTheWay) expect(dependencyVerdict(step.lifecycle)).toBe('on-its-way');
});

test('an unhealthy service may be ready again any moment, unless it was not ready in time', () => {
  const past = { wanted: 'up', restarts: 0, crashTimes: [], lastExit: null, state: 'unhealthy', run: 'a' } as const;
  const seen = { kind: 'nothing-listens' } as const;
  const late: Failure = { reason: 'start-timeout', timeoutMs: 1, seen, lastLines: [], remedy: null };
  expect(dependencyVerdict({ ...past, failure: { reason: 'unhealthy', failures: 3, seen } })).toBe('on-its-way');
  expect(dependencyVerdict({ ...past, failure: late })).toBe('failed');
});
