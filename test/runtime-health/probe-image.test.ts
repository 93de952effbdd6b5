import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { imageProbe } from '../../src/runtime/health/image-probes.ts';
import { probeOnce } from '../../src/runtime/health/probe.ts';

test.each([
  ['postgres:16', 5432, 'script'],
  ['registry.local:5000/timescale/timescaledb-ha:pg16', 5432, 'script'],
  ['mariadb@sha256:abc', 3306, 'script'],
  ['valkey/valkey:8', 6379, 'wire'],
  ['mongo', 27017, 'wire'],
  ['axllent/mailpit', 8025, 'http'],
  ['axllent/mailpit', 1025, undefined],
  ['rabbitmq:3-management', 5672, undefined],
  ['nginx:1', 80, undefined],
])('%s on its port %i is asked by %s', (image, port, by) => {
  expect(imageProbe(image, port)?.by).toBe(by);
});

/** A server that does the same to every connection. */
async function serve(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function serveSockets(onSocket: (socket: Socket) => void): Promise<number> {
  const open = new Set<Socket>();
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
  });
  return serve(
    createTcpServer((socket) => {
      open.add(socket.on('error', () => undefined));
      onSocket(socket);
    }),
  );
}

function says(answer: string | Buffer): Promise<number> {
  return serveSockets((socket) => socket.on('data', () => socket.write(answer)));
}

async function probe(image: string, inner: number, port: number, exec: readonly string[] = ['/nowhere/docker']) {
  const result = await probeOnce(
    { probe: { kind: 'image' }, timeoutMs: 1_000 },
    {
      url: `http://localhost:${port}`,
      port,
      addresses: [],
      cwd: tmpdir(),
      environment: { named: {}, exported: { PATH: '/usr/bin:/bin' } },
      outputMatches: () => false,
      image: { image, port: inner, exec },
      signal: new AbortController().signal,
    },
  );
  return result.passed ? 'passed' : result.seen.kind === 'error' && result.seen.message;
}

/** An OP_MSG with an empty document. */
const MONGO_ANSWER = Buffer.alloc(26);
MONGO_ANSWER.writeInt32LE(26, 0);
MONGO_ANSWER.writeInt32LE(2013, 12);

test('Redis is ready when it answers PING, also by asking for a password, and not while it loads its data', async () => {
  expect(await probe('redis:7', 6379, await says('+PONG\r\n'))).toBe('passed');
  expect(await probe('redis:7', 6379, await says('-NOAUTH Authentication required.\r\n'))).toBe('passed');
  const loading = await says('-LOADING Redis is loading the dataset in memory\r\n');
  expect(await probe('redis:7', 6379, loading)).toBe('it answers: `-LOADING Redis is loading the dataset in memory`');
});

test('MongoDB is ready when it answers the hello of a client', async () => {
  expect(await probe('mongo:7', 27017, await says(MONGO_ANSWER))).toBe('passed');
});

test('a connection that is accepted and closed is a proxy before a server that is not there', async () => {
  const port = await serveSockets((socket) => socket.end());
  expect(await probe('nginx:1', 80, port)).toBe('nothing in its container listens yet');
  expect(await probe('redis:7', 6379, port)).toBe('nothing in its container listens yet');
});

test('a connection that stays open is enough for an image of which nothing is known', async () => {
  expect(await probe('shop/backend', 8000, await serveSockets(() => undefined))).toBe('passed');
});

test.each([
  [200, 'passed'],
  [401, 'passed'],
  [503, 'answers with status 503'],
])('an image that speaks HTTP and answers %i: %s', async (status, expected) => {
  const port = await serve(createServer((_, response) => response.writeHead(status).end()));
  expect(await probe('elasticsearch:8', 9200, port)).toContain(expected);
});

test('PostgreSQL is asked by its own client; an image without it for a connection', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'devgen-exec-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const inContainer = (name: string, script: string): readonly string[] => {
    writeFileSync(join(folder, name), script);
    return ['sh', join(folder, name)];
  };
  const port = await serveSockets(() => undefined);
  expect(await probe('postgres:16', 5432, port, inContainer('well', 'exit 0'))).toBe('passed');
  const refusing = inContainer('refusing', 'echo 127.0.0.1:5432 - rejecting connections; exit 1');
  expect(await probe('postgres:16', 5432, port, refusing)).toBe(
    'its server does not answer yet: `127.0.0.1:5432 - rejecting connections`',
  );
  expect(await probe('postgres:16', 5432, port, inContainer('bare', 'exit 127'))).toBe('passed');
});
