import { withDependencies } from '../../../plan/with-dependencies.ts';
import { systemClock } from '../../../platform/clock.ts';
import type { StartRequest } from '../control/protocol.ts';
import type { Supervisor } from '../supervisor.ts';

/** Notes who will use what is started, and for how long it may run; a start that says nothing of that leaves it. */
export function noteUse({ uses }: Supervisor, { plan, names, user, forMs }: StartRequest): void {
  const used = withDependencies(plan, names).map(({ name }) => name);
  if (user !== null) uses.note({ ...user, names: used });
  const at = systemClock.now() + (forMs ?? 0);
  const ends = forMs === null ? {} : { ends: { at: new Date(at).toISOString(), afterMs: forMs } };
  uses.limit({ idleStopMs: plan.idleStopMs, ...ends });
}
