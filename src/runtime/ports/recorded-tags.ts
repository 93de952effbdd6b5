import { lineageOf } from '../../platform/lineage.ts';
import { isSameStart } from '../../platform/process-identity.ts';
import { findProcess } from '../../platform/process-table.ts';
import { runTag } from '../../platform/run-marks.ts';
import { readRunRecord } from '../state/run-record-file.ts';
import { registeredPorts } from './reservations.ts';

/**
 * The tags that a process has to carry, where none can be read: of the runs with a port, of whichever checkout, whose
 * recorded root it is or descends from.
 */
export function recordedTags(pid: number): ReadonlySet<string> {
  const lineage = new Set(lineageOf(pid));
  const tags = new Set<string>();
  for (const { root: checkout, service, run } of registeredPorts()) {
    const record = run === null ? undefined : readRunRecord(checkout, service);
    if (record?.ok !== true || record.value.id !== run) continue;
    const { root } = record.value;
    const entry = root !== null && lineage.has(root.pid) ? findProcess(root.pid) : undefined;
    if (root !== null && entry !== undefined && isSameStart(entry.startTime, root.startTime)) tags.add(runTag(run));
  }
  return tags;
}
