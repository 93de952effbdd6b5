import { lockFile } from '../../platform/exclusive-file.windows.ts';
import { type HeldSocket, isStillHeld } from '../../platform/held-socket.ts';
import { isPortClosed, listenersOn, ownersOf } from '../../platform/listeners.ts';
import { livesByFile } from '../../platform/lives-by-file.ts';
import { livingEntry, type ProcessIdentity } from '../../platform/process-identity.ts';
import { readProcessMarks } from '../../platform/process-table.ts';
import { SUPERVISOR_MARK } from '../../platform/run-marks.ts';
import { checkoutLockName } from './checkout-lock-name.ts';
import { isOfRun } from './is-of-run.ts';
import { pathsOf } from './paths.ts';

/** `stopped`: it lives and does nothing until it is let go on (SIGSTOP). */
export type Life = 'gone' | 'alive' | 'stopped';

/** What a file says of a process. */
export interface RunClaim {
  readonly service: string;
  /** Id of the run; `null`: of none. */
  readonly run: string | null;
}

/** Where a service listened when that was looked at last. */
export interface Listening {
  readonly port: number;
  readonly sockets: readonly HeldSocket[];
}

/** What the tables of processes and sockets say at this moment. */
export interface Present {
  /** Of this very process, as the root of that run as far as can be seen; else it is gone. */
  lifeOfRoot(identity: ProcessIdentity, claim: RunClaim): Life;
  lifeOfSupervisor(identity: ProcessIdentity): Life;
  /** Whether it is certain that no process listens there any more. */
  isClosed(listening: Listening): boolean;
  /** Whether that process has every socket that listens there, and no other process has one of them. */
  servesAlone(pid: number, port: number): boolean;
}

/** Of the checkout at `root`. */
export function presentIn(root: string): Present {
  const paths = pathsOf(root);
  return {
    lifeOfRoot(identity, { service, run }) {
      if (run === null) return 'gone';
      const life = lifeByFile(identity, () => paths.fifo(run)) ?? lifeOf(identity);
      if (life === 'gone') return life;
      return isOfRun(identity.pid, { id: run, fifo: paths.fifo(run), log: paths.log(service) }) ? life : 'gone';
    },
    lifeOfSupervisor: (identity) => lifeOfSupervisor(root, identity),
    isClosed: ({ port, sockets }) => !sockets.some(isStillHeld) && isPortClosed(port),
    servesAlone(pid, port) {
      const owners = [...ownersOf(listenersOn(port)).values()].flat();
      return owners.length > 0 && owners.every((owner) => owner === pid);
    },
  };
}

/** Whether this very process lives and is a supervisor; of one that cannot be looked into its identity has to do. */
export function isSupervisor(root: string, identity: ProcessIdentity): boolean {
  return lifeOfSupervisor(root, identity) !== 'gone';
}

function lifeOfSupervisor(root: string, identity: ProcessIdentity): Life {
  const life = lifeByFile(identity, () => lockFile(checkoutLockName(root), pathsOf(root).state)) ?? lifeOf(identity);
  if (life === 'gone') return life;
  return readProcessMarks(identity.pid)?.environmentKeys.has(SUPERVISOR_MARK) === false ? 'gone' : life;
}

function lifeByFile({ pid }: ProcessIdentity, fileOf: () => string): Life | undefined {
  const lives = livesByFile(pid, fileOf);
  if (lives === undefined) return undefined;
  return lives ? 'alive' : 'gone';
}

function lifeOf(identity: ProcessIdentity): Life {
  const entry = livingEntry(identity);
  if (entry === undefined) return 'gone';
  return entry.state === 'stopped' ? 'stopped' : 'alive';
}
