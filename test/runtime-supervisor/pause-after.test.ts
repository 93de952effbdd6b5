import { expect, test } from 'vitest';
import { pauseAfter } from '../../src/runtime/supervisor/run/pause-after.ts';
import { servicePlan } from '../plan/service-plan.ts';

const { health, restart } = servicePlan();
const DEFAULT = { health: { ...health, periodMs: 10_000 }, restart };

test('a run that is well is probed less and less, to once a minute', () => {
  expect([0, 1, 2, 3, 50].map((calm) => pauseAfter(calm, DEFAULT))).toEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('a period that the user has chosen is kept to', () => {
  expect(pauseAfter(50, { ...DEFAULT, health: { ...health, periodMs: 5000 } })).toBe(5000);
});

test('a limit of memory is looked after as ever', () => {
  expect(pauseAfter(50, { ...DEFAULT, restart: { ...restart, maxMemoryBytes: 1 } })).toBe(10_000);
});
