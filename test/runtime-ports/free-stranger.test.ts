import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { identityOf } from '../../src/platform/process-identity.ts';
import { freeFromStranger } from '../../src/runtime/ports/free-stranger.ts';
import { inspectPort } from '../../src/runtime/ports/inspect-port.ts';
import type { PortHolder } from '../../src/runtime/state/lifecycle.ts';
import { reservePort } from '../rig/ports.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { context, SHARED, STUBBORN, startHolder } from './holder-program.ts';

beforeEach(() => {
  vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test('a polite stranger ends by SIGTERM, long before the grace period is over', async () => {
  const port = await reservePort();
  const { child } = await startHolder(port, { host: '::' });
  const startedAt = performance.now();
  expect(await free(port, { graceMs: 20_000 })).toEqual({ ok: true, value: 'freed' });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGTERM');
});

test('a stranger that ignores SIGTERM is killed after the grace period, not before', async () => {
  const port = await reservePort();
  const { child } = await startHolder(port, { code: STUBBORN });
  const startedAt = performance.now();
  expect(await free(port, { graceMs: 300 })).toEqual({ ok: true, value: 'freed' });
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(300);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
});

test('all processes that share the socket are ended', async () => {
  const port = await reservePort();
  const { line } = await startHolder(port, { code: SHARED, interpreter: 'python3' });
  expect(await free(port, { graceMs: 1_000 })).toEqual({ ok: true, value: 'freed' });
  expect(identityOf(Number(line))).toBeUndefined();
});

test('a stranger whom the caller did not see is left alone', async () => {
  const port = await reservePort();
  const { pid } = await startHolder(port);
  const seen: PortHolder = {
    pid: 999_999,
    command: null,
    user: null,
    cwd: null,
    relation: { kind: 'stranger', resembles: null },
  };
  const outcome = await freeFromStranger(port, [seen], { graceMs: 100, context: context() });
  expect(outcome).toMatchObject({ ok: false, error: [{ pid }] });
  expect(identityOf(pid)).toBeDefined();
});

test('when not only strangers hold the port, no process is touched', async () => {
  const port = await reservePort();
  const { pid, line } = await startHolder(port, { code: SHARED, interpreter: 'python3' });
  const ownMembers = new Map([[Number(line), 'frontend']]);
  const outcome = await free(port, { graceMs: 100, ownMembers });
  expect(outcome.ok).toBe(false);
  expect(identityOf(pid)).toBeDefined();
  expect(identityOf(Number(line))).toBeDefined();
});

test('we ourselves are never ended, whatever the caller says', async () => {
  const port = await reservePort();
  const server = createServer().listen(port);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const self: PortHolder = {
    pid: process.pid,
    command: null,
    user: null,
    cwd: null,
    relation: { kind: 'stranger', resembles: null },
  };
  const outcome = await freeFromStranger(port, [self], { graceMs: 50, context: context() });
  expect(outcome).toMatchObject({ ok: false, error: [{ pid: process.pid, relation: { kind: 'untouchable' } }] });
});

test('a port that is free by now is freed', async () => {
  expect(await free(await reservePort(), { graceMs: 50 })).toEqual({ ok: true, value: 'freed' });
});

async function free(
  port: number,
  { graceMs, ownMembers = new Map() }: { readonly graceMs: number; readonly ownMembers?: ReadonlyMap<number, string> },
): ReturnType<typeof freeFromStranger> {
  const state = await inspectPort(port, context());
  const holders = state.kind === 'held' ? state.holders : [];
  return freeFromStranger(port, holders, { graceMs, context: context({ ownMembers }) });
}
