import { expect, test } from 'vitest';
import { summariseResponses } from '../../src/runtime/metrics/summarise-responses.ts';

test('percentiles are values that were measured, of any number of them', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(summariseResponses(hundred, 2)).toEqual({ count: 100, failures: 2, p50: 50, p95: 95, p99: 99 });
  expect(summariseResponses([7], 0)).toMatchObject({ p50: 7, p95: 7, p99: 7 });
  expect(summariseResponses([], 1)).toEqual({ count: 0, failures: 1, p50: null, p95: null, p99: null });
});
