import type { RunRecord } from '../../state/run-record.ts';
import type { Lifecycle } from '../lifecycle/service-lifecycle.ts';
import type { LaunchSpec } from '../run/launch-spec.ts';

export interface TellingPort {
  readonly lifecycle: Lifecycle;
  readonly record: Pick<RunRecord, 'port'> | null;
  readonly spec: Pick<LaunchSpec, 'port'> | null;
}

/**
 * The port that other services are told of this one: where its run really listens, or what was decided for the next
 * run, once the last one only has to end for it.
 */
export function toldPort({ lifecycle, record, spec }: TellingPort): number | null {
  const assigned = spec?.port.assigned ?? null;
  const isNextDue = lifecycle.state === 'stopping' && lifecycle.next === 'launch';
  return isNextDue ? assigned : (record?.port ?? assigned);
}
