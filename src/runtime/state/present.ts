import { type HeldSocket, isStillHeld } from '../../platform/held-socket.ts';
import { isPortClosed } from '../../platform/listeners.ts';
import { livingEntry, type ProcessIdentity } from '../../platform/process-identity.ts';

/** `stopped`: it lives and does nothing until it is let go on (SIGSTOP). */
export type Life = 'gone' | 'alive' | 'stopped';

/** Where a service listened when that was looked at last. */
export interface Listening {
  readonly port: number;
  readonly sockets: readonly HeldSocket[];
}

/** What the tables of processes and sockets say at this moment. */
export interface Present {
  lifeOf(identity: ProcessIdentity): Life;
  /** Whether it is certain that no process listens there any more. */
  isClosed(listening: Listening): boolean;
}

export const PRESENT: Present = {
  lifeOf(identity) {
    const entry = livingEntry(identity);
    if (entry === undefined) return 'gone';
    return entry.state === 'stopped' ? 'stopped' : 'alive';
  },
  isClosed: ({ port, sockets }) => !sockets.some(isStillHeld) && isPortClosed(port),
};
