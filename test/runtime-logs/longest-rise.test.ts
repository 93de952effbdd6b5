import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestRise } from '../../src/runtime/logs/longest-rise.ts';

const rise = (numbers: readonly number[]) => longestRise(numbers.length, (index) => numbers[index] ?? 0);

test('what does not fit the others is left out, whichever way it strays', () => {
  expect(rise([])).toEqual([]);
  expect(rise([1, 2, 2, 3])).toEqual([0, 1, 2, 3]);
  expect(rise([1, 2, 99, 3, 4])).toEqual([0, 1, 3, 4]);
  expect(rise([10, 11, 1, 12, 13])).toEqual([0, 1, 3, 4]);
});

test('nothing falls, and no longer rise exists', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 9 }), (numbers) => {
      const kept = rise(numbers);
      expect(kept.every((index, at) => at === 0 || index > (kept[at - 1] ?? 0))).toBe(true);
      expect(falls(kept.map((index) => numbers[index] ?? 0))).toBe(false);
      const subsets = Array.from({ length: 2 ** numbers.length }, (_, bits) =>
        numbers.filter((__, at) => bits & (1 << at)),
      );
      expect(kept.length).toBe(Math.max(...subsets.filter((some) => !falls(some)).map((some) => some.length)));
    }),
  );
});

function falls(numbers: readonly number[]): boolean {
  return numbers.some((number, at) => number < (numbers[at - 1] ?? number));
}
