import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { killQuietly } from '../rig/processes.ts';

/** A stranger that has a port in one of the ways of `programs/hold.py`. */
export interface Holder {
  readonly pid: number;
  isAlive(): boolean;
  /** Ends it, and returns when it is gone. */
  end(): Promise<void>;
}

export const NOBODY = 65_534;

/**
 * Resolves once the port is held; the holder ends with the test. `user`: another user's id (needs root); `program`: by
 * which name it goes. */
export async function holdPort(
  how: string,
  port: number,
  options: { readonly user?: number; readonly program?: string } = {},
): Promise<Holder> {
  // As a text: another user may not be allowed to read the file.
  const program = readFileSync(join(import.meta.dirname, 'programs/hold.py'), 'utf8');
  const child = spawn('/usr/bin/python3', ['-c', program, how, String(port)], {
    cwd: tmpdir(),
    env: userEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    ...(options.program !== undefined && { argv0: options.program }),
    ...(options.user !== undefined && { uid: options.user, gid: options.user }),
  });
  const exited = once(child, 'exit');
  const end = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killQuietly(child.pid);
    await exited;
  };
  onTestFinished(end);
  await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => Promise.reject(new Error(`port ${port} could not be held (${how})`))),
  ]);
  return { pid: child.pid ?? 0, isAlive: () => child.exitCode === null && child.signalCode === null, end };
}
