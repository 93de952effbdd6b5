import { connect } from 'node:net';

/** `silent`: somebody has the socket and does not answer in time. `nobody`: the socket is a leftover. */
export type Liveliness = 'answers' | 'silent' | 'nobody';

/** Whether the supervisor at a socket answers: it is asked for its events, which changes nothing. */
export function askAlive(socket: string, limitMs: number): Promise<Liveliness> {
  return new Promise((resolve) => {
    const connection = connect({ path: socket });
    const settle = (answer: Liveliness): void => {
      clearTimeout(timer);
      connection.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => settle('silent'), limitMs);
    connection.on('connect', () => connection.write('POST /events HTTP/1.0\r\nContent-Length: 4\r\n\r\nnull'));
    connection.on('data', () => settle('answers'));
    connection.on('error', () => settle('nobody'));
    connection.on('end', () => settle('nobody'));
  });
}
