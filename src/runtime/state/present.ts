import { isPortClosed } from '../../platform/listeners.ts';
import { isAlive, livingEntry, type ProcessIdentity } from '../../platform/process-identity.ts';

/** What the tables of processes and sockets say at this moment. */
export interface Present {
  isAlive(identity: ProcessIdentity): boolean;
  /** Whether the process lives and does nothing until it is let go on (SIGSTOP). */
  isStopped(identity: ProcessIdentity): boolean;
  /** Whether it is certain that no process listens there. */
  isPortClosed(port: number): boolean;
}

export const PRESENT: Present = {
  isAlive,
  isStopped: (identity) => livingEntry(identity)?.state === 'stopped',
  isPortClosed,
};
