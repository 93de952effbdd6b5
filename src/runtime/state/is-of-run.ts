import type { ProcessMarks } from '../../platform/process-entry.ts';
import { readProcessMarks, readProcessTable } from '../../platform/process-table.ts';
import { realPathOf } from '../../platform/real-path.ts';
import { runTag } from '../../platform/run-marks.ts';

/** What the processes of a run carry. */
export interface RunMarks {
  readonly id: string;
  /** Absolute. */
  readonly fifo: string;
  readonly log: string;
}

/**
 * Whether a living process is what a file says, a run's root: an identity alone may be any process's. It or one right
 * beside it carries a mark of the run, or cannot be looked into. That is how `selectMembers` confirms a root, told of
 * one process for a fraction of the price.
 */
export function isOfRun(pid: number, run: RunMarks): boolean {
  const own = readProcessMarks(pid);
  if (own === undefined || carries(own, run)) return true;
  const table = readProcessTable();
  const parent = table.find((entry) => entry.pid === pid)?.parentPid;
  const beside = table.filter(
    (entry) => entry.pid === parent || [entry.parentPid, entry.groupId, entry.sessionId].includes(pid),
  );
  return beside.some((entry) => {
    const marks = readProcessMarks(entry.pid);
    return marks !== undefined && carries(marks, run);
  });
}

function carries({ environmentKeys, stdin, stdout, stderr }: ProcessMarks, { id, fifo, log }: RunMarks): boolean {
  if (environmentKeys.has(runTag(id))) return true;
  return stdin === realPathOf(fifo) || [stdout, stderr].includes(realPathOf(log));
}
