import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { takesHost } from '../../src/runtime/health/takes-host.ts';

const HOST = 'web.feature-x.shop.localhost';

test.each<[string, RequestListener, boolean]>([
  ['answers any host', (_, response) => response.end('ok'), true],
  ['has no page at its root', (_, response) => response.writeHead(404).end(), true],
  [
    'refuses hosts that it does not know',
    ({ headers }, response) => response.writeHead(headers.host?.startsWith('localhost:') ? 200 : 403).end(),
    false,
  ],
  ['closes the connection', ({ socket }) => socket.destroy(), false],
])('whether a server takes a name for browsers: it %s', async (_, listener, expected) => {
  const server = createServer(listener);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await takesHost(new URL(`http://localhost:${port}`), HOST)).toBe(expected);
});
