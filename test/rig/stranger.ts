import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { userEnvironment } from './environment.ts';
import { killQuietly } from './processes.ts';

/** A server that has nothing to do with devgen. */
export interface Stranger {
  readonly pid: number;
  readonly port: number;
  isAlive(): boolean;
  /** What it has printed so far. */
  output(): string;
}

/** Starts a stranger on `port` in a folder and waits until it listens; it ends with the test. */
export async function startStranger(port: number, options: readonly string[] = [], cwd = tmpdir()): Promise<Stranger> {
  const child = spawn(
    process.execPath,
    [program('server.mjs'), '--port', String(port), '--name', 'stranger', ...options],
    {
      cwd,
      env: userEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    },
  );
  onTestFinished(() => endStranger(child));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the stranger could not listen on ${port}`))),
  ]);
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  return { pid: child.pid ?? 0, port, isAlive, output: () => output };
}

/** Absolute path of one of the test programs. */
export function program(name: string): string {
  return join(import.meta.dirname, 'programs', name);
}

function endStranger(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killQuietly(child.pid);
}
