import { readMarksOf, readProcessTable } from '../../platform/process-table.ts';
import { realPathOf } from '../../platform/real-path.ts';
import type { RunTrace } from './run-trace.ts';

/**
 * Living processes that write to a run's log and began after it; to be asked when the run has no members left.
 * They are most likely the run's, but nothing proves it, so they are named and never signalled.
 */
export function findLogWriters({ log, root }: RunTrace): readonly number[] {
  if (log === '') return [];
  const later = readProcessTable().filter(
    ({ state, startTime }) => state !== 'zombie' && root !== null && startTime >= root.startTime,
  );
  const path = realPathOf(log);
  const marks = readMarksOf(later.map(({ pid }) => pid));
  return [...marks].filter(([, { stdout, stderr }]) => stdout === path || stderr === path).map(([pid]) => pid);
}
