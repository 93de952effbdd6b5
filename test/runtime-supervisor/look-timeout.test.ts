import { expect, test } from 'vitest';
import { lookTimeout } from '../../src/runtime/supervisor/run/look-timeout.ts';

const HEALTH = { timeoutMs: 5000, failureThreshold: 3 };

test.each([
  ['a look that is due has its whole time', 'due', 1, 5000],
  ['so has the first one after an error: a slow service is well', 'hinted', 0, 5000],
  ['what has failed one is confirmed soon', 'hinted', 1, 1000],
  ['and once more', 'hinted', 2, 1000],
  ['what is unwell may come back slowly', 'hinted', 3, 5000],
] as const)('%s', (_, reason, failures, timeoutMs) => {
  expect(lookTimeout(HEALTH, { reason, failures })).toBe(timeoutMs);
});

test('no look has more than its timeout, and one failure that decides had all of it', () => {
  expect(lookTimeout({ timeoutMs: 300, failureThreshold: 3 }, { reason: 'hinted', failures: 1 })).toBe(300);
  expect(lookTimeout({ timeoutMs: 5000, failureThreshold: 1 }, { reason: 'hinted', failures: 0 })).toBe(5000);
});
