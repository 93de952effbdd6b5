import { join } from 'node:path';
import { registeredPorts } from '../../ports/reservations.ts';
import { stopRun } from '../../process/stop-run.ts';
import type { LeftProcess } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import { askToStop } from '../../supervisor/control/ask-to-stop.ts';
import { type FoundRun, findAllRuns } from '../find-all-runs.ts';

export interface GoneRun {
  readonly run: FoundRun;
  /** What survived; empty: nothing. */
  readonly left: readonly LeftProcess[];
}

export interface RepositoryProjects {
  /** The git folder that its worktrees share. */
  readonly repository: string;
  /** The project in each worktree that git knows. */
  readonly projects: readonly string[];
}

/** Of what they would have been given nothing tells any more. */
const GRACE_MS = 5000;

/**
 * Ends the runs in worktrees of a repository that git knows no more, as a stop ends one: until nothing of it is left. A
 * folder may still be there, for a removal of what is in use stops half-way. Runs of other projects are none of its
 * business: their folder may only not be mounted.
 */
export async function endGoneRuns({ repository, projects }: RepositoryProjects): Promise<readonly GoneRun[]> {
  const claimed = registeredPorts().filter((port) => port.repository === repository);
  const gone = new Set(claimed.map(({ root }) => root).filter((root) => !projects.includes(root)));
  const runs = findAllRuns().filter(({ root }) => root !== null && gone.has(root));
  // A supervisor that lives would start again what is ended behind its back.
  await Promise.all([...new Set(runs.map(({ root }) => root ?? ''))].map((root) => askToStop(root, [])));
  return Promise.all(runs.map(endRest));
}

async function endRest(run: FoundRun): Promise<GoneRun> {
  const { id, root, service } = run;
  const paths = pathsOf(root ?? '');
  const trace = {
    id,
    root: null,
    fifo: join(paths.runs, `${id}.fifo`),
    log: service === null ? '' : paths.log(service),
  };
  const stopped = await stopRun(trace, { signal: 'SIGTERM', graceMs: GRACE_MS }, () => undefined);
  return { run, left: stopped.ok ? [] : stopped.error };
}
