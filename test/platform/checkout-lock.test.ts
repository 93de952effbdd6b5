import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { acquireLock, acquireLockWaiting } from '../../src/platform/checkout-lock.ts';
import { acquireGenerationLock } from '../../src/platform/generation-lock.ts';
import { commonRuntimeDirectory } from '../../src/platform/runtime-directory.ts';
import { staysPending } from '../rig/holds-for.ts';
import { type Program, spawnProgram, temporaryFolder } from './spawn-program.ts';

const CONTENDERS = 20;

afterEach(() => vi.unstubAllEnvs());

function buildContender(folder: string): string {
  const outfile = join(folder, 'contender.mjs');
  const entry = join(import.meta.dirname, 'programs', 'lock-contender.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}

/** Winners among processes that all try at the same moment. */
async function contend(kind: string, program: string, directory: string): Promise<Program[]> {
  const startAt = String(Date.now() + 2500);
  const contenders = Array.from({ length: CONTENDERS }, () =>
    spawnProgram(process.execPath, [program, kind, directory, startAt]),
  );
  const words = await Promise.all(contenders.map((each) => each.next()));
  const winners = contenders.filter((_, index) => words[index] === 'won');
  await Promise.all(contenders.filter((each) => !winners.includes(each)).map((each) => end(each)));
  return winners;
}

async function end({ child }: Program): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe.each(['socket', 'generation'])('the lock by %s', (kind) => {
  test('has one winner among 20 processes, and one again after its holder was killed', async () => {
    const folder = temporaryFolder();
    const program = buildContender(folder);
    const [first, ...more] = await contend(kind, program, folder);
    expect(more).toEqual([]);
    if (first === undefined) throw new Error('no process won');
    await end(first);
    expect(await contend(kind, program, folder)).toHaveLength(1);
  });
});

test('a lock is held until it is released', async () => {
  const folder = temporaryFolder();
  const lock = await acquireLock('a', folder);
  expect(lock).toBeDefined();
  expect(await acquireLock('a', folder)).toBeUndefined();
  expect(await acquireLock('b', folder)).toBeDefined();
  await lock?.release();
  const again = await acquireLock('a', folder);
  expect(again).toBeDefined();
  await again?.release();
  await again?.release();
});

test('a lock is one for all shells of a user, whatever runtime folder they name', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
  const lock = await acquireLock('a', folder);
  expect(lock).toBeDefined();
  for (const given of [temporaryFolder(), '']) {
    vi.stubEnv('XDG_RUNTIME_DIR', given);
    expect(await acquireLock('a', folder)).toBeUndefined();
  }
  await lock?.release();
});

test('who waits gets the lock when its holder lets go', async () => {
  const folder = temporaryFolder();
  const lock = await acquireLock('a', folder);
  const waiting = acquireLockWaiting('a', folder, 5000);
  await staysPending(waiting, 30);
  await lock?.release();
  const next = await waiting;
  expect(next).toBeDefined();
  await next?.release();
});

test('who waits gets the lock at once when its holder is killed', async () => {
  const folder = temporaryFolder();
  const [holder] = [spawnProgram(process.execPath, [buildContender(folder), 'socket', folder, String(Date.now())])];
  expect(await holder.next()).toBe('won');
  const waiting = acquireLockWaiting('run', folder, 20_000);
  await staysPending(waiting, 30);
  const killedMs = performance.now();
  holder.child.kill('SIGKILL');
  const lock = await waiting;
  expect(lock).toBeDefined();
  expect(performance.now() - killedMs).toBeLessThan(10_000);
  await lock?.release();
});

test('who waits in vain is told so after the time it gave', async () => {
  const folder = temporaryFolder();
  const lock = await acquireLock('a', folder);
  expect(await acquireLockWaiting('a', folder, 50)).toBeUndefined();
  await lock?.release();
});

test('generations are never used twice, so a late contender cannot take a lock that went on', async () => {
  const folder = temporaryFolder();
  const first = acquireGenerationLock('a', folder);
  expect(acquireGenerationLock('a', folder)).toBeUndefined();
  await first?.release();
  const second = acquireGenerationLock('a', folder);
  expect(second).toBeDefined();
  await first?.release();
  expect(acquireGenerationLock('a', folder)).toBeUndefined();
});

test('the name of a lock cannot be told from the checkout: it rests on a text that only this user can read', async () => {
  const folder = temporaryFolder();
  const path = join(commonRuntimeDirectory(), 'lock-secret');
  const lock = await acquireLock('a', folder);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const secret = readFileSync(path, 'utf8');
  expect(secret).toMatch(/^[0-9a-f]{32}$/);
  if (process.platform === 'linux') {
    const taken = readFileSync('/proc/net/unix', 'utf8');
    const key = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);
    expect(taken).toContain(key(`${secret}\0${realpathSync(folder)}\0a`));
    expect(taken).not.toContain(key(`${realpathSync(folder)}\0a`));
  }
  await lock?.release();
});
