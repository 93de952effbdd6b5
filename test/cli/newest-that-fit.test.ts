import { expect, test } from 'vitest';
import { newestThatFit } from '../../src/cli/logs/newest-that-fit.ts';

test('the newest lines are kept, in order, in at most so many bytes', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `line ${index} ${'é'.repeat(100)}`);
  const { shown, leftOut } = newestThatFit(lines, 1000);
  expect(shown).toEqual(lines.slice(leftOut));
  expect(leftOut).toBe(46);
  expect(Buffer.byteLength(`${shown.join('\n')}\n`)).toBeLessThanOrEqual(1000);
  expect(newestThatFit(['x'.repeat(5000)], 1000).shown).toEqual([`${'x'.repeat(400)}…`]);
});
