import { isLookDear } from '../../platform/is-look-dear.ts';
import { realPathOf } from '../../platform/real-path.ts';
import { lookAtProcesses } from './look-at-processes.ts';
import type { RunTrace } from './run-trace.ts';

/**
 * Living processes that write to a run's log and began after it; to be asked when the run has no members left.
 * They are most likely the run's, but nothing proves it, so they are named and never signalled.
 */
export async function findLogWriters({ log, root }: RunTrace): Promise<readonly number[]> {
  if (log === '' || root === null || isLookDear) return []; // Where a look is dear no marks can be read.
  const { table, marks } = await lookAtProcesses();
  const path = realPathOf(log);
  return table
    .filter(({ pid, startTime }) => {
      const { stdout, stderr } = marks.get(pid) ?? { stdout: null, stderr: null };
      return startTime >= root.startTime && (stdout === path || stderr === path);
    })
    .map(({ pid }) => pid);
}
