import { expect, test } from 'vitest';
import { linePath } from '../../src/ui/parts/line-path.ts';

const FRAME = { width: 100, height: 20, inset: 0 };

test('a line goes from left to right, with zero at the bottom and the highest value at the top', () => {
  const points = [0, 5, 10].map((value, index) => [index, value] as const);
  expect(linePath(points, FRAME).line).toBe('M0.0 20.0L50.0 10.0L100.0 0.0');
});

test.each([
  ['nothing', [], ''],
  ['one point', [[3, 7]], 'M0.0 0.0'],
  [
    'zeros alone',
    [
      [0, 0],
      [1, 0],
    ],
    'M0.0 20.0L100.0 20.0',
  ],
] as const)('%s makes a path without a hole in its numbers', (_, points, line) => {
  const paths = linePath(points, FRAME);
  expect(paths.line).toBe(line);
  expect(paths.area).not.toMatch(/NaN|Infinity/);
});
