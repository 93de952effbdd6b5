import { fifoWriters, hasFifoWriter } from '../../platform/fifo.ts';
import { newestPids } from '../../platform/newest-pids.ts';
import { identityOf } from '../../platform/process-identity.ts';
import { type ProcessMarks, readProcessMarks } from '../../platform/process-table.ts';
import { realPathOf } from '../../platform/real-path.ts';
import { signalProcess } from '../../platform/signals.ts';
import { runTag } from './run-tag.ts';
import type { RunTrace } from './run-trace.ts';

const BURST_MS = 25;
const NEWEST = 8;

/**
 * Kills whoever keeps a run's FIFO open at any descriptor; then hunts, without a pause but for 25 ms at most, a run's process that forks and exits faster than the process table can be
 * read: looks only at the pids given last, and kills at once what carries a mark of the run.
 * Only for a run that nobody visible is left of, while its FIFO still has a writer.
 */
export function chaseHidden(trace: RunTrace): void {
  for (const pid of fifoWriters(trace.fifo)) kill(pid);
  const tag = runTag(trace.id);
  const fifo = realPathOf(trace.fifo);
  const isMarked = ({ environmentKeys, stdin }: ProcessMarks): boolean => environmentKeys.has(tag) || stdin === fifo;
  const endMs = performance.now() + BURST_MS;
  while (performance.now() < endMs && hasFifoWriter(trace.fifo)) {
    for (const pid of newestPids(NEWEST)) {
      const marks = readProcessMarks(pid);
      if (marks !== undefined && isMarked(marks)) kill(pid);
    }
  }
}

/** In the same turn as the look at its marks. */
function kill(pid: number): void {
  const identity = identityOf(pid);
  if (identity !== undefined) signalProcess(identity, 'SIGKILL');
}
