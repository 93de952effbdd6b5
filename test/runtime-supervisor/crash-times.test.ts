import { expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { readCrashes, writtenCrashes } from '../../src/runtime/supervisor/run/crash-times.ts';

function clockAt(timeOfDay: string, monotonicMs: number) {
  return { ...systemClock, now: () => Date.parse(timeOfDay), monotonicMs: () => monotonicMs };
}

test('a later supervisor, whose clock begins anew, knows how long ago crashes happened', () => {
  const written = writtenCrashes([4000, 9000], clockAt('2026-03-01T12:00:00Z', 10_000));
  expect(written).toEqual(['2026-03-01T11:59:54.000Z', '2026-03-01T11:59:59.000Z']);
  expect(readCrashes(written, clockAt('2026-03-01T12:00:20Z', 500))).toEqual([-25_500, -20_500]);
});

test('when the time of day was set back, a crash has happened just now', () => {
  expect(readCrashes(['2026-03-01T12:00:00.000Z'], clockAt('2026-03-01T11:00:00Z', 500))).toEqual([500]);
});
