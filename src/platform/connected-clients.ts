import type { Socket } from 'node:net';
import { linuxOwnersOf } from './listeners.linux.ts';
import { readProcFile } from './proc-file.linux.ts';

/** Local ports of our own connections: the kernel remembers each for a minute after its end, without whose it was. */
const own = new Set<number | undefined>();
/** A supervisor that never asks who is connected forgets them, too. */
const MOST_OWN = 1000;

/** The connection that this socket makes is no client's. */
export function noteOwn<Connecting extends Socket>(socket: Connecting): Connecting {
  return socket.once('connect', () => {
    own.add(socket.localPort);
    for (const port of own) if (own.size > MOST_OWN) own.delete(port);
  });
}

/** A connection to one of our ports. */
export interface Client {
  /** At the client's end. */
  readonly port: number;
  readonly isOpen: boolean;
  /** Of the client's socket; `0`: it is of another machine, or of no process any more. */
  readonly inode: string;
}

/**
 * The connections to these ports that are open, or were in the last minute, but for our own and the open ones that
 * processes of `pids` have made; none where the system does not tell.
 */
export function connectedClients(ports: ReadonlySet<number>, pids: () => Iterable<number>): readonly Client[] {
  if (process.platform !== 'linux') return [];
  const all = clientsIn(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readProcFile(path) ?? '').join('\n'), ports);
  for (const port of own) if (!all.some((client) => client.port === port)) own.delete(port);
  const others = all.filter(({ port }) => !own.has(port));
  const inodes = new Set(others.flatMap(({ inode }) => (inode === '0' ? [] : [inode])));
  const owners = inodes.size === 0 ? inodes : linuxOwnersOf(inodes, [process.pid, ...pids()]);
  return others.filter(({ inode }) => inode === '0' || !owners.has(inode));
}

/**
 * Either end of a connection may be the one that is remembered. The client's end is looked at only where both have the
 * same address: else it leads elsewhere, such as from a container's proxy to its container.
 * Source: proc_pid_net(5); state 01 is TCP_ESTABLISHED, 0A TCP_LISTEN.
 */
export function clientsIn(text: string, ports: ReadonlySet<number>): readonly Client[] {
  const clients = new Map<number, Client>();
  for (const line of text.split('\n')) {
    const [, local = '', remote = '', state, , , , , , inode = '0'] = line.trim().split(/\s+/);
    const [from, to] = [local, remote].map((end) => end.split(':')) as [string[], string[]];
  }
  return [...clients.values()];
}
