import { linuxOwnersOf } from './listeners.linux.ts';
import { ephemeralRange, type PortRange } from './port-binding.ts';
import type { PortUse } from './port-uses.ts';
import { readProcFile } from './proc-file.linux.ts';

/**
 * Sockets of this network namespace whose own end is one of the ports, as `portUses` counts them. Reads all
 * connections.
 */
export function linuxPortUses(ports: ReadonlySet<number>): readonly PortUse[] {
  const text = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readProcFile(path) ?? '').join('\n');
  const rows = parsePortRows(text, ports, ephemeralRange());
  const owners = linuxOwnersOf(new Set(rows.map(({ inode }) => inode)));
  return rows.flatMap(({ inode, ...use }) => (owners.get(inode) ?? []).map((pid) => ({ ...use, pid })));
}

/**
 * The rows of /proc/net/tcp and tcp6 that use one of `ports`: who listens there, and who has accepted a connection. The
 * kernel does not tell which side has opened a connection; a client may bind its end to any port, but a server's peer
 * has nearly always got its own from the ephemeral range. In doubt it is a client's. What has no inode is no process's
 * any more (TIME_WAIT) or not yet (a connection that no process has accepted).
 * Source: proc_pid_net(5); state 0A is TCP_LISTEN.
 */
export function parsePortRows(
  text: string,
  ports: ReadonlySet<number>,
  ephemeral: PortRange,
): readonly (Omit<PortUse, 'pid'> & { readonly inode: string })[] {
  const rows = text.split('\n').map((line) => {
    const [, local = '', remote = '', state, , , , , , inode = '0'] = line.trim().split(/\s+/);
    return { port: portOf(local), peer: portOf(remote), isListening: state === '0A', inode };
  });
  const listened = new Set(rows.flatMap(({ port, isListening }) => (isListening ? [port] : [])));
  const isEphemeral = (port: number): boolean => port >= ephemeral.from && port <= ephemeral.to;
  return rows.flatMap(({ port, peer, isListening, inode }) => {
    const isAccepted = isEphemeral(peer) && !isEphemeral(port) && !listened.has(peer);
    return ports.has(port) && inode !== '0' && (isListening || isAccepted) ? [{ port, isListening, inode }] : [];
  });
}

function portOf(address: string): number {
  return Number.parseInt(address.split(':')[1] ?? '', 16);
}
