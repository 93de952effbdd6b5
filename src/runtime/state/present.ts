import { isPortClosed } from '../../platform/listeners.ts';
import { isAlive, livingEntry, type ProcessIdentity } from '../../platform/process-identity.ts';
import { readProcessMarks } from '../../platform/process-table.ts';
import { SUPERVISOR_MARK } from '../../platform/run-marks.ts';
import { isOfRun } from './is-of-run.ts';
import { pathsOf } from './paths.ts';

/** What the tables of processes and sockets say at this moment. */
export interface Present {
  /** Whether this very process lives and is the root of that run, as far as can be seen. */
  isRoot(identity: ProcessIdentity, run: RunClaim): boolean;
  isSupervisor(identity: ProcessIdentity): boolean;
  /** Whether the process lives and does nothing until it is let go on (SIGSTOP). */
  isStopped(identity: ProcessIdentity): boolean;
  /** Whether it is certain that no process listens there. */
  isPortClosed(port: number): boolean;
}

/** What a file says of a process. */
export interface RunClaim {
  readonly service: string;
  /** Id of the run; `null`: of none. */
  readonly run: string | null;
}

/** Of the checkout at `root`. */
export function presentIn(root: string): Present {
  const paths = pathsOf(root);
  return {
    isRoot: (identity, { service, run }) =>
      run !== null &&
      isAlive(identity) &&
      isOfRun(identity.pid, { id: run, fifo: paths.fifo(run), log: paths.log(service) }),
    isSupervisor,
    isStopped: (identity) => livingEntry(identity)?.state === 'stopped',
    isPortClosed,
  };
}

/** Whether this very process lives and is a supervisor; of one that cannot be looked into its identity has to do. */
export function isSupervisor(identity: ProcessIdentity): boolean {
  return isAlive(identity) && readProcessMarks(identity.pid)?.environmentKeys.has(SUPERVISOR_MARK) !== false;
}
