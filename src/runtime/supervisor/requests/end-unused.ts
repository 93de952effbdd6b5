import { systemClock } from '../../../platform/clock.ts';
import type { RuntimeNews } from '../../state/runtime-event.ts';
import type { Supervisor } from '../supervisor.ts';
import { stopServices } from './stop-services.ts';

type Ending = Extract<RuntimeNews, { readonly kind: 'ending' }>;

/**
 * Stops everything that runs when its time is over, and when nothing has used it for as long as the config says; to be
 * called often.
 */
export async function endUnused(supervisor: Supervisor): Promise<void> {
  const ending = dueEnding(supervisor);
  if (ending === null) return;
  // What cannot be stopped now is tried again in as long a time.
  supervisor.uses.limit({ ends: null });
  supervisor.idle.used();
  for (const { service, live } of supervisor.runners) {
    if (live !== null) supervisor.publisher.announce(service.name, ending);
  }
  await stopServices(supervisor, { names: [], mode: 'graceful' });
}

function dueEnding({ uses, idle, isAtRest }: Supervisor): Ending | null {
  const { ends, idleStopMs } = uses.limits;
  if (isAtRest) return null;
  if (ends !== null && Date.parse(ends.at) <= systemClock.now()) {
    return { kind: 'ending', because: 'time-over', afterMs: ends.afterMs };
  }
  if (idleStopMs === null) return null;
  if (uses.isAnyPresent) idle.used();
  return idle.idleMs(idleStopMs) < idleStopMs ? null : { kind: 'ending', because: 'idle', afterMs: idleStopMs };
}
