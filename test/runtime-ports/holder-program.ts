import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';
import type { InspectContext } from '../../src/runtime/ports/holder-relation.ts';

/** Listens on argv[1]:argv[2]; prints a line when it does. */
const SERVER = `
const server = require('node:http').createServer((_, response) => response.end('hello'));
server.listen({ host: process.argv[1], port: Number(process.argv[2]) }, () => console.log('listening'));
`;
export const STUBBORN = `process.on('SIGTERM', () => {}); ${SERVER}`;
/** Two processes that share one listening socket. */
export const SHARED = `
import os, socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2]))); s.listen()
child = os.fork()
if child: print(child, flush=True)
time.sleep(60)
`;

export const LISTENING = `
import socket, sys, time
s = socket.create_server((sys.argv[1], int(sys.argv[2])))
print('listening', flush=True)
time.sleep(60)
`;

/** Has the port and does not listen: no table shows it. */
export const BOUND = `
import socket, sys, time
s = socket.socket(); s.bind((sys.argv[1], int(sys.argv[2])))
print('bound', flush=True)
time.sleep(60)
`;

export interface HolderOptions {
  readonly host?: string;
  readonly code?: string;
  readonly interpreter?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a program that listens on the port, and resolves with it and its first line of output when it does. */
export async function startHolder(
  port: number,
  { host = '127.0.0.1', code = SERVER, interpreter = process.execPath, environment = {} }: HolderOptions = {},
): Promise<{ readonly pid: number; readonly line: string; readonly child: ChildProcess }> {
  const option = interpreter === process.execPath ? '-e' : '-c';
  const child = spawn(interpreter, [option, code, host, String(port)], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the holder did not start');
  onTestFinished(() => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended, as the test wanted.
    }
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`port ${port} could not be held: the holder ended with code ${code}`);
  });
  const [output] = (await Promise.race([once(child.stdout, 'data'), failed])) as [Buffer];
  return { pid, line: output.toString().trim(), child };
}

export function context(changes: Partial<InspectContext> = {}): InspectContext {
  return {
    root: '/checkout',
    service: 'backend',
    ownMembers: new Map(),
    leftovers: new Map(),
    callers: new Set(),
    tagOf: (run) => `DEVGEN_RUN_${run}`,
    ...changes,
  };
}
