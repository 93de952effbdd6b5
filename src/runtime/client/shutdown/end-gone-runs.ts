import { join } from 'node:path';
import { registeredPorts } from '../../ports/reservations.ts';
import { stopRun } from '../../process/stop-run.ts';
import type { LeftProcess } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import { type FoundRun, findAllRuns } from '../find-all-runs.ts';

export interface GoneRun {
  readonly run: FoundRun;
  /** What survived; empty: nothing. */
  readonly left: readonly LeftProcess[];
}

/** Of what they would have been given nothing tells any more. */
const GRACE_MS = 5000;

/**
 * Ends the runs in worktrees of a repository that are gone, as a stop ends one: until nothing of it is left. Runs of
 * other projects are none of its business: their folder may only not be mounted.
 */
export function endGoneRuns(repository: string): Promise<readonly GoneRun[]> {
  const roots = new Set(registeredPorts().flatMap((port) => (port.repository === repository ? [port.root] : [])));
  const gone = findAllRuns().filter(({ folder, root }) => folder === 'gone' && root !== null && roots.has(root));
  return Promise.all(
    gone.map(async (run) => {
      const { id, root, service } = run;
      const paths = root === null ? null : pathsOf(root);
      const log = service === null || paths === null ? '' : paths.log(service);
      const trace = { id, root: null, fifo: paths === null ? '' : join(paths.runs, `${id}.fifo`), log };
      const stopped = await stopRun(trace, { signal: 'SIGTERM', graceMs: GRACE_MS }, () => undefined);
      return { run, left: stopped.ok ? [] : stopped.error };
    }),
  );
}
