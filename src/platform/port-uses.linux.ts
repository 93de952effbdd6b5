import { linuxOwnersOf } from './listeners.linux.ts';
import type { PortUse } from './port-uses.ts';
import { readProcFile } from './proc-file.linux.ts';

/** Sockets of this network namespace, in any state, whose own end is one of the ports. Reads all connections. */
export function linuxPortUses(ports: ReadonlySet<number>): readonly PortUse[] {
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => parsePortRows(readProcFile(path) ?? '', ports));
  const owners = linuxOwnersOf(new Set(rows.map(({ inode }) => inode)));
  return rows.flatMap(({ inode, ...use }) => (owners.get(inode) ?? []).map((pid) => ({ ...use, pid })));
}

/**
 * The rows of /proc/net/tcp or tcp6 whose local port is one of `ports`. What has no inode is no process's any more
 * (TIME_WAIT) or not yet (a connection that nobody accepted). Source: proc_pid_net(5); state 0A is TCP_LISTEN.
 */
export function parsePortRows(
  text: string,
  ports: ReadonlySet<number>,
): readonly (Omit<PortUse, 'pid'> & { readonly inode: string })[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = '0'] = line.trim().split(/\s+/);
    const port = Number.parseInt(local.split(':')[1] ?? '', 16);
    return ports.has(port) && inode !== '0' ? [{ port, isListening: state === '0A', inode }] : [];
  });
}
