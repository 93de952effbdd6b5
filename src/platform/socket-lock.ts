import { connect, createServer, type Server, type Socket } from 'node:net';
import { systemClock } from './clock.ts';
import { errorCode } from './error-code.ts';

const ATTEMPTS = 50;
const RETRY_MS = 1;

/**
 * Takes the address for this process; `undefined`: a living process has it. For a moment after its holder was killed
 * the address is taken although no process answers there: then it is tried again.
 */
export async function acquireSocketLock(address: string): Promise<{ release(): Promise<void> } | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const server = await listen(address);
    if (server !== undefined) return held(server);
    if (await isAnswered(address)) return undefined;
    await systemClock.delay(RETRY_MS);
  }
  return undefined;
}

/**
 * Resolves when the holder has let go, or after `limitMs`: the holder keeps our connection open for as long as it
 * lives.
 */
export function awaitSocketRelease(address: string, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const timer = setTimeout(() => socket.destroy(), limitMs);
    socket.resume();
    socket.once('error', () => undefined); // Refused or reset: it has gone.
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

interface Listening {
  readonly server: Server;
  readonly waiting: Set<Socket>;
}

function listen(address: string): Promise<Listening | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.unref();
      socket.resume();
      socket.on('error', () => undefined); // Who waited has gone.
      socket.once('close', () => waiting.delete(socket));
    });
    server.once('error', (error) => (errorCode(error) === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen({ path: address, exclusive: true }, () => {
      server.unref();
      resolve({ server, waiting });
    });
  });
}

function held({ server, waiting }: Listening): { release(): Promise<void> } {
  return {
    release: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        for (const socket of waiting) socket.destroy();
      }),
  };
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // A full queue of waiters (EAGAIN) is an answer too.
    socket.once('error', (error) => resolve(errorCode(error) !== 'ECONNREFUSED' && errorCode(error) !== 'ENOENT'));
  });
}
