import { usageOf } from '../../../platform/process-details.ts';
import { findMembers } from '../../process/find-members.ts';
import type { WatchedRun } from './watched-run.ts';

/**
 * Holds the whole tree of a run to its limit of memory, from its launch to its end, whether or not it is ready: once a
 * period of its probe. Says so once that it takes more, whereupon the run ends.
 */
export async function watchMemory({ live, service, host, dispatch }: WatchedRun): Promise<void> {
  const { maxMemoryBytes: limitBytes } = service.restart;
  if (limitBytes === null) return;
  const { signal } = live.ending;
  for (;;) {
    await host.clock.delay(service.health.periodMs, signal);
    if (signal.aborted) return;
    const sizes = findMembers(live.record).map(({ identity }) => usageOf(identity.pid)?.residentBytes ?? 0);
    const bytes = sizes.reduce((total, size) => total + size, 0);
    if (bytes <= limitBytes) continue;
    return dispatch({
      type: 'replace',
      run: live.record.id,
      failure: { reason: 'memory-exceeded', bytes, limitBytes },
    });
  }
}
