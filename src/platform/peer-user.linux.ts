import type { Connected } from './peer-user.ts';
import { readSocketText, type SocketRow, socketRowsOf } from './socket-row.linux.ts';

/** The kernel notes of each socket whose it is. */
export function linuxPeerUsers(connected: Connected): readonly number[] {
  return parsePeerUsers(readSocketText(), connected);
}

/**
 * The users of the rows of /proc/net/tcp and tcp6 that are the other side. One without an inode is no process's any
 * more: the kernel calls it root's then.
 * Source: proc_pid_net(5)
 */
export function parsePeerUsers(text: string, { peerPort, ownPort }: Connected): readonly number[] {
  const isPeers = ({ port, farPort, inode }: SocketRow) => port === peerPort && farPort === ownPort && inode !== '0';
  return socketRowsOf(text)
    .filter(isPeers)
    .map(({ userId }) => userId);
}
