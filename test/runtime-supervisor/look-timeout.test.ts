import { expect, test } from 'vitest';
import { lookTimeout } from '../../src/runtime/supervisor/run/look-timeout.ts';

const HEALTH = { timeoutMs: 5000 };

test('what has written of an error has less time than its timeout, but far more than it usually takes', () => {
  expect(lookTimeout(HEALTH, { reason: 'hinted', usualMs: 3 })).toBe(1000);
  expect(lookTimeout(HEALTH, { reason: 'hinted', usualMs: 600 })).toBe(2400);
});

test('what is slow as a rule, and what nothing is known of, has its whole timeout', () => {
  expect(lookTimeout(HEALTH, { reason: 'hinted', usualMs: 1500 })).toBe(5000);
  expect(lookTimeout(HEALTH, { reason: 'hinted', usualMs: null })).toBe(5000);
  expect(lookTimeout({ timeoutMs: 300 }, { reason: 'hinted', usualMs: 3 })).toBe(300);
});

test('a look that is due, or that a command waits for, has the whole timeout', () => {
  expect(lookTimeout(HEALTH, { reason: 'due', usualMs: 3 })).toBe(5000);
});
