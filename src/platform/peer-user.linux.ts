import type { Connected } from './peer-user.ts';
import { readProcFile } from './proc-file.linux.ts';

/** The kernel notes of each socket whose it is. */
export function linuxPeerUsers(connected: Connected): readonly number[] {
  const text = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readProcFile(path) ?? '').join('\n');
  return parsePeerUsers(text, connected);
}

/**
 * The users of the rows of /proc/net/tcp and tcp6 that are the other side. One without an inode is no process's any
 * more: the kernel calls it root's then.
 * Source: proc_pid_net(5)
 */
export function parsePeerUsers(text: string, { peerPort, ownPort }: Connected): readonly number[] {
  const ports = new RegExp(`^\\s*\\d+: [0-9A-F]+:${hexOf(peerPort)} [0-9A-F]+:${hexOf(ownPort)} `);
  return text.split('\n').flatMap((line) => {
    if (!ports.test(line)) return [];
    const [, , , , , , , user, , inode = '0'] = line.trim().split(/\s+/);
    return inode === '0' ? [] : [Number(user)];
  });
}

function hexOf(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
