import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { ListenOptions } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { reservePort } from '../rig/ports.ts';
import { repository } from '../rig/project.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const built = join(repository, 'dist/runtime/vendor/wait-on.cjs');
const { default: waitOn } = createRequire(import.meta.url)(built) as { default: (options: object) => Promise<void> };

test.each<[string, boolean, RequestListener]>([
  ['2xx', true, (_, response) => void response.writeHead(204).end()],
  [
    'a redirect to 2xx',
    true,
    ({ url }, response) => void response.writeHead(url === '/' ? 302 : 200, { location: '/in' }).end(),
  ],
  ['an answer that never ends', true, (_, response) => void response.writeHead(200).write('and so on')],
  ['404', false, (_, response) => void response.writeHead(404).end()],
  ['a redirect to itself', false, (_, response) => void response.writeHead(302, { location: '/' }).end()],
  ['nothing', false, () => undefined],
])('the vendored wait-on takes %s for available: %s', async (_, available, answer) => {
  const port = await reservePort();
  await serve({ host: '127.0.0.1', port }, answer);

  expect(await isAvailable(`http-get://127.0.0.1:${port}/`)).toBe(available);
});

test('the vendored wait-on asks through a Unix socket', async () => {
  const path = join(temporaryFolder(), 'http.sock');
  await serve({ path }, ({ url }, response) => void response.writeHead(url === '/health' ? 200 : 404).end());

  expect(await isAvailable(`http-get://unix:${path}:/health`)).toBe(true);
  expect(await isAvailable(`http-get://unix:${path}:/other`)).toBe(false);
});

async function serve(where: ListenOptions, answer: RequestListener): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(where, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}

async function isAvailable(resource: string): Promise<boolean> {
  return waitOn({ resources: [resource], timeout: 700, interval: 20, httpTimeout: 700, simultaneous: 1 }).then(
    () => true,
    () => false,
  );
}
