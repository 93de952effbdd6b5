import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { pidExists } from '../../src/platform/pid-exists.ts';

/** Outside the kernel's ephemeral range, and without a port that browsers refuse. */
const FIRST = 20_000;
const LAST = 29_999;
/** A reserved port comes with the ports above it: no other process takes a fallback port of a test, or that of a worktree. */
const BLOCK = 30;

const folder = join(tmpdir(), `devgen-test-ports-${userInfo().uid}`);
const mine = new Set<string>();

process.on('exit', () => {
  for (const file of mine) rmSync(file, { force: true });
});

/**
 * A port that is free, and that no other test takes until the one that asks has finished, or outside of a test until
 * this process ends; so are the 29 ports above it.
 */
export async function reservePort(): Promise<number> {
  mkdirSync(folder, { recursive: true });
  const blocks = Math.floor((LAST - FIRST + 1) / BLOCK);
  const start = Math.floor(Math.random() * blocks);
  for (let step = 0; step < blocks; step++) {
    const port = FIRST + ((start + step) % blocks) * BLOCK;
    const file = join(folder, String(port));
    if (!claim(file)) continue;
    if (!(await isBlockFree(port))) {
      release(file);
      continue;
    }
    if (expect.getState().currentTestName !== undefined) onTestFinished(() => release(file));
    return port;
  }
  throw new Error(`no free block of ports between ${FIRST} and ${LAST}`);
}

function claim(file: string): boolean {
  if (isStale(file)) rmSync(file, { force: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  mine.add(file);
  return true;
}

/** Forgets the claims of processes that are gone. */
export function sweepClaims(): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const file = join(folder, name);
    if (isStale(file)) rmSync(file, { force: true });
  }
  try {
    rmdirSync(folder);
  } catch {
    // Never made, or another run of the tests has claims there.
  }
}

function release(file: string): void {
  mine.delete(file);
  rmSync(file, { force: true });
}

function isStale(file: string): boolean {
  let owner: number;
  try {
    owner = Number(readFileSync(file, 'utf8'));
  } catch {
    return false; // Not claimed, or given back this moment.
  }
  if (owner === 0) return false; // Claimed this moment: the pid is not written yet.
  return !pidExists(owner);
}

async function isBlockFree(first: number): Promise<boolean> {
  const lingering = portsOfConnections();
  for (let port = first; port < first + BLOCK; port++) {
    if (lingering.has(port)) return false;
    if (!(await canListen(port, '::')) || !(await canListen(port, '127.0.0.1'))) return false;
  }
  return true;
}

/** Also those in TIME_WAIT, which keep a program that does not ask for SO_REUSEADDR from binding. Empty where Linux is not. */
function portsOfConnections(): ReadonlySet<number> {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((path) => existsSync(path));
  const rows = tables.flatMap((path) => readFileSync(path, 'utf8').split('\n').slice(1));
  return new Set(rows.map((row) => Number.parseInt(row.trim().split(/\s+/)[1]?.split(':')[1] ?? '', 16)));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}
