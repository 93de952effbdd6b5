import { readProcFile } from './proc-file.linux.ts';

/**
 * The other ends of the connections that are open to one of these ports, as the kernel writes addresses; empty where
 * the system does not tell.
 * Source: proc_pid_net(5); state 01 is TCP_ESTABLISHED.
 */
export function connectedClients(ports: ReadonlySet<number>): ReadonlySet<string> {
  if (process.platform !== 'linux') return new Set();
  const text = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readProcFile(path) ?? '').join('\n');
  return clientsIn(text, ports);
}

export function clientsIn(text: string, ports: ReadonlySet<number>): ReadonlySet<string> {
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  return new Set(
    rows.flatMap(([, local = '', remote = '', state]) => {
      const port = Number.parseInt(local.split(':')[1] ?? '', 16);
      return state === '01' && ports.has(port) ? [remote] : [];
    }),
  );
}
