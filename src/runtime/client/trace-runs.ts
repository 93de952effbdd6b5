import type { ProcessEntry, ProcessMarks } from '../../platform/process-table.ts';
import { runIdsOf, SUBREAPER_MARK } from '../../platform/run-marks.ts';

/** What the process table alone tells of a run. */
export interface TracedRun {
  readonly id: string;
  /** The oldest first, which is the run's root as long as that lives. */
  readonly processes: readonly [ProcessEntry, ...ProcessEntry[]];
  /** Folder of the checkout, whether or not it still is there; `null`: no process has a file of the run open. */
  readonly root: string | null;
  readonly service: string | null;
}

const FIFO = /^(.+)\/logs\/\.devgen\/runs\/([0-9a-f]{32})\.fifo$/;
const LOG = /^(.+)\/logs\/([^/]+)\.log$/;

/** Every run that has a living process in this table, of whichever checkout; pure. */
export function traceRuns(
  table: readonly ProcessEntry[],
  marks: ReadonlyMap<number, ProcessMarks>,
): readonly TracedRun[] {
  const runs = new Map<string, TracedRun>();
  const living = table.filter(({ state }) => state !== 'zombie').sort((a, b) => a.startTime - b.startTime);
  for (const entry of living) {
    const own = marks.get(entry.pid);
    // A subreaper is no part of the service, and ends with it.
    if (own === undefined || own.environmentKeys.has(SUBREAPER_MARK)) continue;
    const [, fifoRoot, fifoId] = FIFO.exec(own.stdin ?? '') ?? [];
    const [, logRoot, service] = LOG.exec(own.stdout ?? own.stderr ?? '') ?? [];
    // A run that was started inside another one's tree carries the tags of both: its FIFO says which one it is.
    for (const id of fifoId === undefined ? runIdsOf(own.environmentKeys) : [fifoId]) {
      const run = runs.get(id);
      runs.set(id, {
        id,
        processes: run === undefined ? [entry] : [...run.processes, entry],
        root: run?.root ?? fifoRoot ?? logRoot ?? null,
        service: run?.service ?? service ?? null,
      });
    }
  }
  return [...runs.values()];
}
