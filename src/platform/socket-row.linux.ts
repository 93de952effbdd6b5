import { readProcFile } from './proc-file.linux.ts';

export const LISTENING = '0A';
export const ESTABLISHED = '01';
export const TIME_WAIT = '06';

/**
 * One row of /proc/net/tcp or tcp6, of the heading one without sense.
 * Source: proc_pid_net(5)
 */
export interface SocketRow {
  /** Addresses as the kernel writes them, in hexadecimal digits. */
  readonly near: string;
  readonly port: number;
  readonly far: string;
  readonly farPort: number;
  readonly state: string | undefined;
  readonly userId: number;
  /** `0`: it is no process's any more (TIME_WAIT), or not yet (no process has accepted it). */
  readonly inode: string;
}

/** The text of all sockets of this network namespace. Reads all connections. */
export function readSocketText(): string {
  return ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readProcFile(path) ?? '').join('\n');
}

export function socketRowsOf(text: string): readonly SocketRow[] {
  return text.split('\n').map(socketRowOf);
}

export function socketRowOf(line: string): SocketRow {
  const [, local = '', remote = '', state, , , , user, , inode = '0'] = line.trim().split(/\s+/);
  const [near, port] = endOf(local);
  const [far, farPort] = endOf(remote);
  return { near, port, far, farPort, state, userId: Number(user), inode };
}

function endOf(text: string): readonly [string, number] {
  const [address = '', port = ''] = text.split(':');
  return [address, Number.parseInt(port, 16)];
}
