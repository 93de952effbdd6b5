import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freePortForcibly } from '../../src/platform/free-port-forcibly.ts';
import { canBind } from '../../src/platform/port-binding.ts';
import { readProcessTable } from '../../src/platform/process-table.ts';
import { reservePort } from '../rig/ports.ts';
import { startStranger } from '../rig/stranger.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { temporaryFolder } from './spawn-program.ts';

function withTools(text: string | null): void {
  const folder = temporaryFolder();
  if (text !== null) {
    writeFileSync(join(folder, 'lsof'), text);
    chmodSync(join(folder, 'lsof'), 0o755);
  }
  vi.stubEnv('PATH', text === null ? folder : `${folder}:/usr/bin:/bin`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

test('whatever listens on the port is ended, and its neighbour is not', async () => {
  const port = await reservePort();
  const stranger = await startStranger(port);
  const neighbour = await startStranger(port + 1);
  expect(await freePortForcibly(port)).toBe('tried');
  await waitUntil(() => !stranger.isAlive());
  expect(await canBind(port)).toBe('free');
  expect(neighbour.isAlive()).toBe(true);
});

test('it is refused when we listen ourselves', async () => {
  const port = await reservePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, resolve));
  onTestFinished(() => void server.close());
  expect(await freePortForcibly(port)).toBe('refused');
});

test('it is unavailable without lsof', async () => {
  withTools(null);
  expect(await freePortForcibly(await reservePort())).toBe('unavailable');
});

test('an lsof that hangs is given two seconds, and leaves no process that could kill later', async () => {
  withTools('#!/bin/sh\necho "python 4242 u 3u IPv4 TCP *:1234 (LISTEN)"\nexec sleep 600\n');
  const startedMs = performance.now();
  expect(await freePortForcibly(await reservePort())).toBe('tried');
  expect(performance.now() - startedMs).toBeLessThan(20_000);
  const children = readProcessTable().filter((entry) => entry.parentPid === process.pid && entry.state !== 'zombie');
  expect(children.filter(({ name }) => ['sh', 'sleep', 'lsof', 'xargs'].includes(name))).toEqual([]);
});
