import { linuxOwnersOf } from './listeners.linux.ts';
import { ephemeralRange, type PortRange } from './port-binding.ts';
import type { PortUse } from './port-uses.ts';
import { LISTENING, readSocketText, socketRowsOf } from './socket-row.linux.ts';

/**
 * Sockets of this network namespace whose own end is one of the ports, as `portUses` counts them. Reads all
 * connections.
 */
export function linuxPortUses(ports: ReadonlySet<number>): readonly PortUse[] {
  const rows = parsePortRows(readSocketText(), ports, ephemeralRange());
  const owners = linuxOwnersOf(new Set(rows.map(({ inode }) => inode)));
  return rows.flatMap(({ inode, ...use }) => (owners.get(inode) ?? []).map((pid) => ({ ...use, pid })));
}

/**
 * The rows of /proc/net/tcp and tcp6 that use one of `ports`: who listens there, and who has accepted a connection. The
 * kernel does not tell which side has opened a connection; a client may bind its end to any port, but a server's peer
 * has nearly always got its own from the ephemeral range. In doubt it is a client's.
 */
export function parsePortRows(
  text: string,
  ports: ReadonlySet<number>,
  ephemeral: PortRange,
): readonly (Omit<PortUse, 'pid'> & { readonly inode: string })[] {
  const rows = socketRowsOf(text);
  const listened = new Set(rows.flatMap(({ port, state }) => (state === LISTENING ? [port] : [])));
  const isEphemeral = (port: number): boolean => port >= ephemeral.from && port <= ephemeral.to;
  return rows.flatMap(({ port, farPort, state, inode }) => {
    const isListening = state === LISTENING;
    const isAccepted = isEphemeral(farPort) && !isEphemeral(port) && !listened.has(farPort);
    return ports.has(port) && inode !== '0' && (isListening || isAccepted) ? [{ port, isListening, inode }] : [];
  });
}
