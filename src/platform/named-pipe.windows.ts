import { rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { readTextIfThere } from './regular-file.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

/**
 * Where a server listens that was to listen at a path: a pipe, whose name the file at the path tells, as long as the
 * server lives. The name is new each time: no process can have taken it before, and what the file of a dead server
 * tells leads nowhere. Other users cannot send anything: Windows lets them only read a pipe that Node made.
 */
export function newPipeName(): string {
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  return `\\\\.\\pipe\\devgen-${randomBytes(16).toString('hex')}`;
}

/** To be called when the server listens at the pipe. */
export function tellPipe(server: Server, path: string, pipe: string): void {
  writeFileAtomic(path, pipe);
  server.once('close', () => {
    if (readTextIfThere(path) === pipe) rmSync(path, { force: true });
  });
}

/** Which pipe the file at the path tells of; one that does not exist where it tells of none. */
export function pipeToldIn(path: string): string {
  const told = readTextIfThere(path) ?? '';
  return /^\\\\\.\\pipe\\devgen-[0-9a-f]{32}$/.test(told) ? told : '\\\\.\\pipe\\devgen-none';
}
