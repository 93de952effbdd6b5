import { expect, test } from 'vitest';
import { pauseAfter } from '../../src/runtime/supervisor/run/pause-after.ts';
import { servicePlan } from '../plan/service-plan.ts';

const { health } = servicePlan();
const DEFAULT = { health: { ...health, periodMs: 10_000 } };

test('a run that is well is probed less and less, to once a minute', () => {
  expect([0, 1, 2, 3, 50].map((calm) => pauseAfter(calm, DEFAULT))).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('a period that the user has chosen is kept to', () => {
  expect(pauseAfter(50, { health: { ...health, periodMs: 5000 } })).toBe(5000);
});
