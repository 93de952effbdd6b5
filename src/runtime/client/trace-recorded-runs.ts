import { registeredPorts } from '../ports/reservations.ts';
import { findMembersOfEach } from '../process/find-members.ts';
import { readRunRecord } from '../state/run-record-file.ts';
import { servicesWithRunRecord } from '../state/services-with-run-record.ts';
import { livingSupervisor } from '../state/supervisor-file.ts';
import type { TracedRun } from './trace-runs.ts';

/** The folders of all checkouts of this user that have claimed a port. */
function claimedRoots(): readonly string[] {
  return [...new Set(registeredPorts().map(({ root }) => root))];
}

/**
 * As `traceRuns`, where processes do not show what they carry (Windows): the runs that the checkouts with a port have
 * recorded, as far as they live.
 */
export function traceRecordedRuns(): readonly TracedRun[] {
  const records = claimedRoots().flatMap((root) =>
    servicesWithRunRecord(root).flatMap((service) => {
      const record = readRunRecord(root, service);
      return record.ok ? [{ ...record.value, checkout: root }] : [];
    }),
  );
  const found = findMembersOfEach(records);
  return records.flatMap(({ id, checkout: root, service }, index) => {
    const [first, ...others] = (found[index] ?? []).map(({ entry }) => entry).sort((a, b) => a.startTime - b.startTime);
    return first === undefined ? [] : [{ id, processes: [first, ...others], root, service }];
  });
}

/** Pids of the supervisors of those checkouts, by their folder. */
export function recordedSupervisors(): ReadonlyMap<string, number> {
  return new Map(
    claimedRoots().flatMap((root) => {
      const supervisor = livingSupervisor(root);
      return supervisor === null ? [] : [[root, supervisor.pid] as const];
    }),
  );
}
