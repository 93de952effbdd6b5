import { fifoWriters, hasFifoWriter } from '../../platform/fifo.ts';
import { newestPids } from '../../platform/newest-pids.ts';
import { identityOf, isAlive } from '../../platform/process-identity.ts';
import { findProcess } from '../../platform/process-table.ts';
import { signalProcess } from '../../platform/signals.ts';
import { NO_MEMBERS, type Subreaper, viewRun } from './find-members.ts';
import { withMarks } from './look-at-processes.ts';
import type { RunTrace } from './run-trace.ts';

const BURST_MS = 25;
const NEWEST = 8;

/**
 * Kills each process that keeps a run's FIFO open at any descriptor. Then hunts, without a pause but for 25 ms at most,
 * a process of the run that forks and exits faster than the process table can be read: looks only at the pids given
 * last, and kills at once what carries a mark of the run or is under its subreaper.
 * Only for a run of which no process is visible any more, while its FIFO still has a writer or its subreaper lives.
 */
export function chaseHidden(trace: RunTrace, subreapers: readonly Subreaper[]): void {
  for (const pid of fifoWriters(trace.fifo)) {
    const identity = identityOf(pid);
    if (identity !== undefined) signalProcess(identity, 'SIGKILL');
  }
  const pids = subreapers.map(({ identity }) => identity.pid);
  const isOver = (): boolean => !hasFifoWriter(trace.fifo) && !subreapers.some(({ identity }) => isAlive(identity));
  const endMs = performance.now() + BURST_MS;
  while (performance.now() < endMs && !isOver()) {
    const table = [...newestPids(NEWEST), ...pids].flatMap((pid) => findProcess(pid) ?? []);
    for (const { identity } of viewRun(trace, withMarks(table), NO_MEMBERS).members) signalProcess(identity, 'SIGKILL');
  }
}
