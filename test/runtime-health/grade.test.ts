import { expect, test } from 'vitest';
import { gradeResponse } from '../../src/runtime/health/grade.ts';

test.each([
  [0, 'excellent'],
  [99.9, 'excellent'],
  [100, 'good'],
  [499, 'good'],
  [500, 'warning'],
  [1999, 'warning'],
  [2000, 'critical'],
] as const)('%d ms are graded %s', (ms, grade) => {
  expect(gradeResponse(ms, { slowMs: 500, criticalMs: 2000 })).toBe(grade);
});

test('a service that is held to less than 100 ms is graded by its own limits', () => {
  expect(gradeResponse(60, { slowMs: 50, criticalMs: 80 })).toBe('warning');
  expect(gradeResponse(90, { slowMs: 50, criticalMs: 80 })).toBe('critical');
});
