import type { Plan } from '../../plan/plan.ts';
import { readLastPlan } from '../../plan/plan-cache.ts';
import { hasRuns } from '../../runtime/client/client.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import { servicesWithRunRecord } from '../../runtime/state/services-with-run-record.ts';
import { planOfRecords } from '../../runtime/supervisor/run/plan-of-records.ts';

/** What can be known of a project whose config makes no plan: the last one, or what runs; `undefined`: nothing does. */
export function planOfRuns(root: string): Plan | undefined {
  const last = readLastPlan(root);
  if (last !== undefined || !hasRuns(root)) return last;
  const records = servicesWithRunRecord(root).map((service) => readRunRecord(root, service));
  return planOfRecords(records.flatMap((record) => (record.ok ? [record.value] : [])));
}
