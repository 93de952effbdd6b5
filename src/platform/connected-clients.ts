import type { Socket } from 'node:net';
import { linuxOwnersOf } from './listeners.linux.ts';
import { ESTABLISHED, LISTENING, readSocketText, socketRowsOf } from './socket-row.linux.ts';

/** A supervisor that never asks who is connected forgets ports of its own, too. */
const MOST_OWN = 1000;

/** Near ends of our own connections: the kernel remembers each for a minute after its end, without whose it was. */
let own: readonly number[] = [];

/** The connection that this socket makes is no client's. */
export function noteOwn<Connecting extends Socket>(socket: Connecting): Connecting {
  return socket.once('connect', () => {
    own = [...own.slice(-MOST_OWN), socket.localPort ?? 0];
  });
}

/** A connection to a service. */
export interface Client {
  /** At the client's end. */
  readonly port: number;
  readonly isOpen: boolean;
  /** Of the client's socket; `0`: it is of another machine, or of no process any more. */
  readonly inode: string;
}

/**
 * The connections to these ports that are open, or were in the last minute, but for our own, and for those that
 * processes of `pids` still have; none where the system does not tell.
 */
export function connectedClients(ports: ReadonlySet<number>, pids: () => Iterable<number>): readonly Client[] {
  if (process.platform !== 'linux') return [];
  const clients = clientsIn(readSocketText(), ports);
  own = own.filter((port) => clients.has(port));
  for (const port of own) clients.delete(port);
  const others = [...clients.values()];
  const inodes = new Set(others.map(({ inode }) => inode).filter((inode) => inode !== '0'));
  const owners = inodes.size === 0 ? inodes : linuxOwnersOf(inodes, [process.pid, ...pids()]);
  return others.filter(({ inode }) => !owners.has(inode));
}

/**
 * By port. Either end may be the one that the kernel remembers. The client's is looked at only where both have the same
 * address: else it leads elsewhere, such as from a container's proxy to its container.
 */
export function clientsIn(text: string, ports: ReadonlySet<number>): Map<number, Client> {
  const clients = new Map<number, Client>();
  for (const { near, port, far, farPort, state, inode } of socketRowsOf(text)) {
    const isServers = ports.has(port);
    if (state === LISTENING || !(isServers || (ports.has(farPort) && near === far))) continue;
    const client = isServers ? farPort : port;
    const known = clients.get(client);
    clients.set(client, {
      port: client,
      isOpen: state === ESTABLISHED || known?.isOpen === true,
      inode: isServers ? (known?.inode ?? '0') : inode,
    });
  }
  return clients;
}
