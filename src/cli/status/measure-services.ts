import { usageOf } from '../../platform/process-details.ts';
import { findMembers } from '../../runtime/process/find-members.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import type { ServiceView } from './service-view.ts';
import type { Measurement } from './usage-between.ts';

/** What every process of the services' runs has used until now; a service that does not run has no entry. */
export function measureServices(root: string, views: readonly ServiceView[]): Measurement {
  const services = new Map(
    views
      .filter(({ pid }) => pid !== null)
      .map(({ status: { service }, pid }) => [service, measure(pidsOf(root, service, pid))]),
  );
  return { atMs: performance.now(), services };
}

/** Of a run without a record, one on a terminal, only the first process is known. */
function pidsOf(root: string, service: string, pid: number | null): readonly number[] {
  const record = readRunRecord(root, service);
  if (record.ok) return findMembers(record.value).map(({ identity }) => identity.pid);
  return pid === null ? [] : [pid];
}

function measure(pids: readonly number[]) {
  return new Map(
    pids.flatMap((pid) => {
      const usage = usageOf(pid);
      return usage === undefined ? [] : [[pid, usage] as const];
    }),
  );
}
