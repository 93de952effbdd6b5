import { linuxPeerUsers } from './peer-user.linux.ts';

/** A connection over loopback, as the side sees it that accepted it. */
export interface Connected {
  /** The other side's. */
  readonly peerPort: number;
  readonly ownPort: number;
}

/**
 * The users whose processes may be the other side of a connection over loopback, by their numbers; empty: this system
 * does not tell, or the other side is gone or in another network namespace.
 */
export function peerUsers(connected: Connected): readonly number[] {
  return process.platform === 'linux' ? linuxPeerUsers(connected) : [];
}
