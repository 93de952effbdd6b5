import { errorCode } from '../../../platform/error-code.ts';
import { connectToSocket } from '../../../platform/unix-socket.ts';

/**
 * `silent`: a process has the socket and does not answer in time. `denied`: this user may not ask.
 * `absent`: the socket is a leftover, or there is none.
 */
export type SocketAnswer = 'answers' | 'silent' | 'denied' | 'absent';

const DENIED = ['EACCES', 'EPERM'];
/** The last two: it went away while it was asked. */
const GONE = ['ECONNREFUSED', 'ENOENT', 'ENOTDIR', 'ECONNRESET', 'EPIPE'];

/** Whether the supervisor at a socket answers: it is asked for its events, which changes nothing. */
export function askAlive(socket: string, limitMs: number): Promise<SocketAnswer> {
  return new Promise((resolve, reject) => {
    const connection = connectToSocket(socket);
    const settle = (answer: SocketAnswer): void => {
      clearTimeout(timer);
      connection.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => settle('silent'), limitMs);
    connection.on('connect', () => connection.write('POST /events HTTP/1.0\r\nContent-Length: 4\r\n\r\nnull'));
    connection.on('data', () => settle('answers'));
    connection.on('error', (error) => {
      const code = errorCode(error) ?? '';
      if (!DENIED.includes(code) && !GONE.includes(code)) reject(error);
      settle(DENIED.includes(code) ? 'denied' : 'absent');
    });
    connection.on('end', () => settle('absent'));
  });
}
