import { allListeners, ownersOf } from './listeners.ts';
import { linuxPortUses } from './port-uses.linux.ts';

/** A process that serves a TCP port: it listens there, or has accepted a connection. */
export interface PortUse {
  readonly port: number;
  readonly isListening: boolean;
  readonly pid: number;
}

/**
 * Who uses one of the ports as its own: who listens there, and who has the server's end of a connection, in any state.
 * Clients are absent, those too that have bound the port and are connected to another one; so are those that the system
 * hides. Outside Linux listeners only. A socket that is bound without listening shows nowhere; `canBind` notices it.
 */
export function portUses(ports: ReadonlySet<number>): readonly PortUse[] {
  if (process.platform === 'linux') return linuxPortUses(ports);
  const listeners = allListeners().filter(({ port }) => ports.has(port));
  const owners = ownersOf(listeners);
  return listeners.flatMap(({ port, inode }) =>
    (owners.get(inode) ?? []).map((pid) => ({ port, isListening: true, pid })),
  );
}
