const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** At most this many columns. */
const COLUMNS = 30;

/** The course of values, the oldest first, each bar the greatest of an equal share; empty for fewer than two. */
export function sparkline(values: readonly number[]): string {
  if (values.length < 2) return '';
  const columns = Math.min(COLUMNS, values.length);
  const peaks = Array.from({ length: columns }, (_, index) =>
    Math.max(...values.slice(startOf(index), Math.max(startOf(index) + 1, startOf(index + 1)))),
  );
  const [least, greatest] = [Math.min(...peaks), Math.max(...peaks)];
  const steps = BARS.length - 1;
  // What hardly changes is no mountain.
  const range = Math.max(greatest - least, greatest / 4, Number.EPSILON);
  return peaks.map((peak) => BARS[Math.round(((peak - least) / range) * steps)]).join('');

  function startOf(index: number): number {
    return Math.floor((index * values.length) / columns);
  }
}
