/**
 * Which of some numbers to keep so that they never fall and as many as possible stay: their indexes, ascending. A few
 * that do not fit, as a clock gives them that is set for a moment, are left out, whatever their direction. Takes time n
 * log n.
 */
export function longestRise(count: number, valueAt: (index: number) => number): readonly number[] {
  /** By length − 1: the index with which the rise of that length ends that has the lowest end. */
  const ends: number[] = [];
  const before = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    const length = firstAbove(ends, valueAt, valueAt(index));
    before[index] = ends[length - 1] ?? -1;
    ends[length] = index;
  }
  const kept: number[] = [];
  for (let index = ends.at(-1) ?? -1; index !== -1; index = before[index] ?? -1) kept.push(index);
  return kept.reverse();
}

function firstAbove(ends: readonly number[], valueAt: (index: number) => number, value: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(ends[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
