import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { userEnvironment } from '../rig/environment.ts';
import { killQuietly } from '../rig/processes.ts';

export interface Program {
  readonly pid: number;
  readonly child: ChildProcessByStdio<null, Readable, null>;
  /** The next thing it says, without the line's end. */
  next(): Promise<string>;
}

/** A process of a session of its own that ends with the test; its children are its own concern. */
export function spawnProgram(file: string, args: readonly string[], environment: Record<string, string> = {}): Program {
  const child = spawn(file, args, {
    env: { ...userEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const pid = child.pid ?? 0;
  onTestFinished(() => killQuietly(pid));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const ended = once(child.stdout, 'end').then(() => {
    throw new Error(`\`${file}\` ended, and said nothing more`);
  });
  ended.catch(() => undefined); // It may end when no caller waits for it.
  const next = async (): Promise<string> => {
    while (!text.includes('\n')) await Promise.race([once(child.stdout, 'data'), ended]);
    const line = text.slice(0, text.indexOf('\n'));
    text = text.slice(line.length + 1);
    return line;
  };
  return { pid, child, next };
}

/** Python, because it reaches the system calls that Node does not. */
export function spawnPython(script: string): Program {
  return spawnProgram('/usr/bin/python3', ['-u', '-c', script]);
}

/** Removed with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-platform-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
