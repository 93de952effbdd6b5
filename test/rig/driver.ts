import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** What a driven server can be told; each is answered when it has been done. */
export type Instruction =
  | 'listen'
  | `listen ${number}`
  | 'close'
  | `close ${number}`
  | `move ${number}`
  | `answer ${number}`
  /** Is done once it has been asked so often. */
  | `asked ${number}`
  | `exit ${number}`
  | `print ${string}`;

/** One process of `programs/server.mjs --driven`, which does what the test says and when. */
export interface DrivenServer {
  readonly pid: number;
  /** Resolves when it has done so; for `exit`, when its connection is gone. */
  tell(instruction: Instruction): Promise<void>;
}

export interface Driver {
  /** What makes `programs/server.mjs` obey this driver; `options` is the same for a command line. */
  readonly arguments: readonly string[];
  readonly options: string;
  /** The next process that has begun to run; they come in the order in which they began. */
  next(): Promise<DrivenServer>;
}

/** Opens the socket at which driven servers ask what to do; it is closed when the test ends. */
export async function openDriver(): Promise<Driver> {
  const path = join(temporaryFolder(), 'driver');
  const arrived: DrivenServer[] = [];
  const awaited: ((server: DrivenServer) => void)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    const driven = await drivenServer(socket);
    const next = awaited.shift();
    if (next === undefined) arrived.push(driven);
    else next(driven);
  }).listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    arguments: ['--driven', path],
    options: `--driven '${path}'`,
    next: () => {
      const first = arrived.shift();
      return first === undefined ? new Promise((resolve) => awaited.push(resolve)) : Promise.resolve(first);
    },
  };
}

async function drivenServer(socket: Socket): Promise<DrivenServer> {
  const lines = createInterface({ input: socket });
  const [pid] = await once(lines, 'line');
  return {
    pid: Number(pid),
    tell: async (instruction) => {
      const done = Promise.race([once(lines, 'line'), once(lines, 'close')]);
      socket.write(`${instruction}\n`);
      await done;
    },
  };
}
