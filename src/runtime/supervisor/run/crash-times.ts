import type { Clock } from '../../../platform/clock.ts';

/*
 * Crashes are counted on the clock that only goes forward, whose zero is another one in each process; a record of them
 * needs the time of day.
 */

export function writtenCrashes(times: readonly number[], clock: Clock): readonly string[] {
  const nowMs = clock.now();
  return times.map((time) => new Date(nowMs - (clock.monotonicMs() - time)).toISOString());
}

/** Of a clock that was set back since, none comes to lie in the future. */
export function readCrashes(written: readonly string[], clock: Clock): readonly number[] {
  const nowMs = clock.now();
  return written.map((at) => clock.monotonicMs() - Math.max(0, nowMs - Date.parse(at)));
}
