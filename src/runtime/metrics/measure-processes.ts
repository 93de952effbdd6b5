import { usageOf } from '../../platform/process-details.ts';
import type { Measurement } from './usage-between.ts';

/** What these processes have used until now; those that are gone are left out. */
export function measureProcesses(pids: readonly number[]): Measurement['processes'] {
  return new Map(
    pids.flatMap((pid) => {
      const usage = usageOf(pid);
      return usage === undefined ? [] : [[pid, usage] as const];
    }),
  );
}
