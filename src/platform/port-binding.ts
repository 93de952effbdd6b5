import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { LAST_PORT } from '../base/port-number.ts';
import { errorCode } from './error-code.ts';

/** `denied`: the system keeps the port from this user (privileged, or reserved by Windows). */
export type Bindability = 'free' | 'in-use' | 'denied';

/** A range of ports, both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

const LOOPBACK_AND_WILDCARD = ['0.0.0.0', '127.0.0.1', '::', '::1'];

/**
 * Whether a server could listen on the port, on every address it might choose. TIME_WAIT does not count as use. On
 * Linux one bind without a host decides: it collides with every holder of either family, listening or not. Elsewhere a
 * specific and a wildcard address may coexist: all four are tried, and on macOS whether any server answers (not run
 * there).
 */
export async function canBind(port: number): Promise<Bindability> {
  if (process.platform === 'linux') return tryBind(port);
  for (const host of LOOPBACK_AND_WILDCARD) {
    const outcome = await tryBind(port, host);
    if (outcome !== 'free') return outcome;
  }
  // To ask a closed port takes Windows two seconds, and there these four are all that a server could be heard on.
  if (process.platform === 'win32') return 'free';
  return (await answers(port, '127.0.0.1')) || (await answers(port, '::1')) ? 'in-use' : 'free';
}

/** The ports that the kernel gives to outgoing connections: a server there may find its port taken at any moment. */
export function ephemeralRange(): PortRange {
  // The range of IANA, which macOS and Windows keep to.
  if (process.platform !== 'linux') return { from: 49_152, to: LAST_PORT };
  const [from, to] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'latin1').trim().split(/\s+/).map(Number);
  return { from: from ?? 32_768, to: to ?? 60_999 };
}

function tryBind(port: number, host?: string): Promise<Bindability> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = errorCode(error);
      if (code === 'EADDRINUSE') resolve('in-use');
      else if (code === 'EACCES' || code === 'EPERM') resolve('denied');
      // This machine does not have the family: no process can hold the port there.
      else if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') resolve('free');
      else reject(error);
    });
    server.listen({ port, exclusive: true, ...(host === undefined ? {} : { host }) }, () => {
      server.close(() => resolve('free'));
    });
  });
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 500 });
    const settle = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
