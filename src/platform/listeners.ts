import type { Listener, NearEnds, OwnedListener } from './listener.ts';
import { readLsofListeners } from './listeners.darwin.ts';
import { linuxOwnersOf, readLinuxListeners, readNearEnds, readSocketsInUse, socketsOf } from './listeners.linux.ts';
import { readNetstatListeners } from './listeners.windows.ts';

export type { Listener } from './listener.ts';

/** Who listens on a port, on any address of either family; a socket that is bound without listening does not show. */
export function listenersOn(port: number): readonly Listener[] {
  return allListeners().filter((listener) => listener.port === port);
}

/** Whether it is certain that no process listens there; so never where that is dear to know. */
export function isPortClosed(port: number): boolean {
  return process.platform === 'linux' && listenersOn(port).length === 0;
}

/** All of them, by port. */
export function listenersByPort(): ReadonlyMap<number, readonly Listener[]> {
  const byPort = new Map<number, Listener[]>();
  for (const listener of allListeners()) byPort.set(listener.port, [...(byPort.get(listener.port) ?? []), listener]);
  return byPort;
}

/** Every listening socket of this network namespace. */
export function allListeners(): readonly Listener[] {
  return process.platform === 'linux' ? readLinuxListeners() : readOwned();
}

/** Mostly changes when a process begins to listen, for a fraction of the table's costs; `undefined`: not told here. */
export function socketsInUse(): string | undefined {
  return process.platform === 'linux' ? readSocketsInUse() : undefined;
}

/**
 * Processes that hold the sockets, by inode; a socket can have several, and one whose holders the system hides is
 * absent. With `among` only those pids are looked at, which is cheap; else every process.
 */
export function ownersOf(
  listeners: readonly Listener[],
  among?: Iterable<number>,
): ReadonlyMap<string, readonly number[]> {
  const inodes = new Set(listeners.map(({ inode }) => inode));
  if (inodes.size === 0) return new Map();
  if (process.platform === 'linux') return linuxOwnersOf(inodes, among);
  const wanted = among === undefined ? undefined : new Set(among);
  const owners = new Map<string, number[]>();
  for (const { inode, pid } of readOwned()) {
    if (!inodes.has(inode) || wanted?.has(pid) === false) continue;
    const known = owners.get(inode) ?? [];
    owners.set(inode, known.includes(pid) ? known : [...known, pid]);
  }
  return owners;
}

/** Where these processes listen. Does not read the socket table when they have no socket at all. */
export function listenersOfProcesses(pids: Iterable<number>): readonly Listener[] {
  if (process.platform !== 'linux') {
    const wanted = new Set(pids);
    return readOwned().filter(({ pid }) => wanted.has(pid));
  }
  const sockets = new Set([...pids].flatMap(socketsOf));
  return sockets.size === 0 ? [] : allListeners().filter(({ inode }) => sockets.has(inode));
}

/** The connections whose near end is the port; systems other than Linux are not asked, and tell of none. */
export function nearEndsAt(port: number): NearEnds {
  return process.platform === 'linux' ? readNearEnds(port) : { lingering: 0, pids: [] };
}

function readOwned(): readonly OwnedListener[] {
  return process.platform === 'win32' ? readNetstatListeners() : readLsofListeners();
}
