import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { waitForResource } from '../../src/runtime/health/wait-for.ts';
import { reservePort } from '../rig/ports.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { serveHttp, serveTcp } from './test-server.ts';

const never = new AbortController().signal;

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(['tcp:localhost:PORT', 'tcp:PORT', 'http-get://localhost:PORT/health', 'http://localhost:PORT'])(
  '%s is found on whichever loopback it listens',
  async (resource) => {
    for (const host of ['127.0.0.1', '::1']) {
      const port = await serveHttp((_, response) => response.end(), host);
      expect(await waitForResource(resource.replace('PORT', String(port)), 10_000, never)).toBe(true);
    }
  },
);

test('a file and a socket are waited for', async () => {
  const folder = temporaryFolder();
  const waiting = Promise.all([
    waitForResource(`file:${join(folder, 'built')}`, 20_000, never),
    waitForResource(`socket:${join(folder, 'db.sock')}`, 20_000, never),
  ]);
  writeFileSync(join(folder, 'built'), 'yes');
  const server = createServer().listen(join(folder, 'db.sock'));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  expect(await waiting).toEqual([true, true]);
});

test('what does not come in time is said to be missing, in time', async () => {
  const port = await reservePort();
  const startedAt = performance.now();
  expect(await waitForResource(`tcp:127.0.0.1:${port}`, 700, never)).toBe(false);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(690);
  expect(performance.now() - startedAt).toBeLessThan(15_000);
});

test('an abort ends the wait at once', async () => {
  const port = await reservePort();
  const ending = new AbortController();
  const waiting = waitForResource(`tcp:127.0.0.1:${port}`, 60_000, ending.signal);
  const startedAt = performance.now();
  ending.abort();
  expect(await waiting).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  expect(await waitForResource(`tcp:127.0.0.1:${port}`, 60_000, ending.signal)).toBe(false);
});

test('a proxy in the environment does not answer for a target that is not there', async () => {
  const proxy = await serveHttp((_, response) => response.end());
  vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy}`);
  vi.stubEnv('http_proxy', `http://127.0.0.1:${proxy}`);
  const port = await reservePort();
  expect(await waitForResource(`http-get://127.0.0.1:${port}/`, 800, never)).toBe(false);
});

test('a server that accepts and stays silent gets few connections', async () => {
  let connections = 0;
  const port = await serveTcp(() => connections++);
  expect(await waitForResource(`http-get://127.0.0.1:${port}/`, 2_000, never)).toBe(false);
  expect(connections).toBeLessThanOrEqual(4);
});

test('an answer that takes longer than one look is waited for', async () => {
  const port = await serveHttp((_, response) => void setTimeout(() => response.end(), 1_500));
  expect(await waitForResource(`http-get://127.0.0.1:${port}/`, 20_000, never)).toBe(true);
});

test('a malformed resource is a bug of the caller', async () => {
  await expect(waitForResource('tcp://127.0.0.1:1', 1_000, never)).rejects.toThrow('Invalid resource');
});
