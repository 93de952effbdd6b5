import { expect, test } from 'vitest';
import { compileService } from '../../src/plan/compile-service.ts';
import { pauseAfter } from '../../src/runtime/supervisor/run/pause-after.ts';

function healthOf(period?: number) {
  const health = period === undefined ? {} : { period };
  return compileService('web', { command: 'serve', port: 8000, health }, { root: {}, services: {} }).health;
}

test('a run that is well is probed less and less, to once a minute', () => {
  const pauses = [0, 1, 2, 3, 50].map((calm) => pauseAfter(calm, healthOf()));
  expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('a period that the user has chosen is kept to, whatever it is', () => {
  for (const period of [5000, 10_000, 120_000]) expect(pauseAfter(50, healthOf(period))).toBe(period);
});
