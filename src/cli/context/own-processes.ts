import { runTag } from '../../platform/run-marks.ts';
import type { InspectContext } from '../../runtime/ports/holder-relation.ts';
import { findMembers } from '../../runtime/process/find-members.ts';
import { readRunRecord } from '../../runtime/state/run-record-file.ts';
import { servicesWithRunRecord } from '../../runtime/state/services-with-run-record.ts';

/** What this checkout knows of its own processes, for a question about a port without a supervisor. */
export function ownProcesses(root: string): InspectContext {
  const ownMembers = new Map<number, string>();
  for (const service of servicesWithRunRecord(root)) {
    const record = readRunRecord(root, service);
    if (!record.ok) continue;
    for (const { identity } of findMembers(record.value)) ownMembers.set(identity.pid, service);
  }
  return { root, service: null, ownMembers, leftovers: new Map(), callers: new Set(), tagOf: runTag };
}
