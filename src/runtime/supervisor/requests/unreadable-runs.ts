import type { ServicePlan } from '../../../plan/plan.ts';
import { type UnreadableRecord, unreadableRecord } from '../../state/run-record-file.ts';
import type { Supervisor } from '../supervisor.ts';

/**
 * The services that may not be started, because what runs of them cannot be known: the record of a new run would take
 * the place of the one that tells it. A run that this supervisor has is known, whatever was done to its record.
 */
export function unreadableRuns(
  supervisor: Supervisor,
  services: readonly ServicePlan[],
): ReadonlyMap<string, UnreadableRecord> {
  const unknown = services.filter((service) => supervisor.runnerOf(service).record === null);
  return new Map(
    unknown.flatMap(({ name }) => {
      const record = unreadableRecord(supervisor.root, name);
      return record === null ? [] : [[name, record] as const];
    }),
  );
}
