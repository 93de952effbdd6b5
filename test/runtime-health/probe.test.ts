import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ProbePlan } from '../../src/plan/probe-plan.ts';
import { type ProbeResult, type ProbeTarget, probeOnce } from '../../src/runtime/health/probe.ts';
import { reservePort } from '../rig/ports.ts';
import { serveHttp, serveTcp } from './test-server.ts';
import { CERTIFICATE, KEY } from './tls-certificate.ts';

const ANY: ProbePlan = { kind: 'any-answer' };

afterEach(() => {
  vi.unstubAllEnvs();
});

function probe(
  plan: ProbePlan,
  port: number,
  changes: Partial<ProbeTarget> & { timeoutMs?: number } = {},
): Promise<ProbeResult> {
  const { timeoutMs = 2_000, ...rest } = changes;
  const target: ProbeTarget = {
    url: `http://localhost:${port}`,
    port,
    addresses: [],
    cwd: tmpdir(),
    environment: { named: {}, exported: { PATH: '/usr/bin:/bin' } },
    outputMatches: () => false,
    image: null,
    signal: new AbortController().signal,
    ...rest,
  };
  return probeOnce({ probe: plan, timeoutMs }, target);
}

function http(target: string, expected: readonly number[] = []): ProbePlan {
  return { kind: 'http', target, expect: expected };
}

describe('any answer', () => {
  test.each([200, 302, 401, 404, 426])('passes with the status %i', async (status) => {
    const port = await serveHttp((_, response) => response.writeHead(status, { location: '/login' }).end());
    expect(await probe(ANY, port)).toMatchObject({ passed: true, address: '127.0.0.1' });
  });

  test.each([500, 502, 503])('does not pass with the status %i', async (status) => {
    const port = await serveHttp((_, response) => response.writeHead(status).end());
    expect(await probe(ANY, port)).toEqual({
      passed: false,
      responseMs: expect.any(Number),
      seen: { kind: 'status', url: `http://localhost:${port}/`, status },
    });
  });

  test('finds a server that listens on the IPv6 loopback only', async () => {
    const port = await serveHttp((_, response) => response.end(), '::1');
    expect(await probe(ANY, port)).toMatchObject({ passed: true, address: '::1' });
  });

  test('passes for a server that speaks something else', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.end('-ERR unknown command\r\n')));
    expect(await probe(ANY, port)).toMatchObject({ passed: true });
  });

  test('passes for a server that closes each connection without a word, which it is asked twice, and once over TLS', async () => {
    let connections = 0;
    const port = await serveTcp((socket) => {
      connections++;
      socket.once('data', () => socket.destroy());
    });
    expect(await probe(ANY, port)).toMatchObject({ passed: true });
    expect(connections).toBe(3);
  });

  test('does not pass for a server that closes a connection while it restarts, and then answers 503', async () => {
    let connections = 0;
    const port = await serveTcp((socket) => {
      connections++;
      const answer = connections === 1 ? '' : 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n';
      socket.once('data', () => socket.end(answer));
    });
    expect(await probe(ANY, port)).toMatchObject({ passed: false, seen: { kind: 'status', status: 503 } });
  });

  test('does not pass for a server that accepts and stays silent, and gives up in time', async () => {
    const port = await serveTcp(() => undefined);
    const startedAt = performance.now();
    expect(await probe(ANY, port, { timeoutMs: 200 })).toEqual({
      passed: false,
      responseMs: null,
      seen: { kind: 'no-answer', address: '127.0.0.1' },
    });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('says that nothing listens when nothing does', async () => {
    expect(await probe(ANY, await reservePort())).toEqual({
      passed: false,
      responseMs: null,
      seen: { kind: 'nothing-listens' },
    });
  });

  test('ends soon when it is aborted', async () => {
    const ending = new AbortController();
    const port = await serveTcp((socket) => socket.once('data', () => ending.abort()));
    const startedAt = performance.now();
    expect(await probe(ANY, port, { timeoutMs: 20_000, signal: ending.signal })).toMatchObject({ passed: false });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('a health path', () => {
  test.each([
    [200, [], true],
    [204, [], true],
    [302, [], true],
    [404, [], false],
    [401, [], false],
    [503, [], false],
    [401, [401], true],
    [200, [401], false],
  ])('with the status %i, when %j is expected, passes: %s', async (status, expected, passed) => {
    const port = await serveHttp((request, response) => {
      response.writeHead(request.url === '/api/status?full=1' ? status : 500).end();
    });
    const result = await probe(http('/api/status?full=1', expected), port);
    expect(result.passed).toBe(passed);
    if (!result.passed) {
      expect(result.seen).toEqual({ kind: 'status', url: `http://localhost:${port}/api/status?full=1`, status });
    }
  });

  test('does not pass for a server that does not speak HTTP', async () => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.end('hello\n')));
    expect(await probe(http('/health'), port)).toEqual({
      passed: false,
      responseMs: null,
      seen: { kind: 'error', message: `localhost:${port} does not answer in HTTP` },
    });
  });

  test('is asked for as a browser on this machine would, past any proxy', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    let headers: IncomingHttpHeaders = {};
    let method: string | undefined;
    const port = await serveHttp((request, response) => {
      ({ headers, method } = request);
      response.end();
    });
    expect(await probe(http('/'), port)).toMatchObject({ passed: true });
    expect(method).toBe('GET');
    expect(headers).toMatchObject({ accept: '*/*', host: `localhost:${port}` });
  });

  test('is never followed to where it redirects', async () => {
    let followed = false;
    const elsewhere = await serveHttp((_, response) => {
      followed = true;
      response.end();
    });
    const port = await serveHttp((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${elsewhere}/` }).end();
    });
    expect(await probe(http('/'), port)).toMatchObject({ passed: true });
    expect(followed).toBe(false);
  });

  test('asks the address that the service listens on, and no other', async () => {
    const port = await serveHttp((_, response) => response.end(), '127.0.0.1');
    expect(await probe(http('/'), port, { addresses: ['::1'] })).toMatchObject({ passed: false });
    expect(await probe(http('/'), port, { addresses: ['0.0.0.0'] })).toMatchObject({ passed: true });
    expect(await probe(http('/'), port, { addresses: ['::ffff:127.0.0.1'] })).toMatchObject({ passed: true });
  });

  test('passes as soon as the status comes, though the answer never ends', async () => {
    const port = await serveHttp((_, response) => void response.writeHead(200).write('data: 1\n\n'));
    const startedAt = performance.now();
    expect(await probe(http('/events'), port, { timeoutMs: 10_000 })).toMatchObject({ passed: true });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test('can be a whole URL, with a certificate that it signed itself', async () => {
    const server = createServer({ key: KEY, cert: CERTIFICATE }, (_, response) => response.end('secure'));
    server.listen(await reservePort(), '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await probe(http(`https://localhost:${port}/`), 1, { url: null, port: null })).toMatchObject({
      passed: true,
    });
    expect(await probe(ANY, Number(port))).toMatchObject({ passed: true });
  });

  test('a URL of another server that refuses is told as that, not as if the service itself did not listen', async () => {
    const other = await reservePort();
    const port = await serveHttp((_, response) => response.end());
    expect(await probe(http(`http://127.0.0.1:${other}/`), port)).toMatchObject({
      passed: false,
      seen: { kind: 'error', message: `http://127.0.0.1:${other}/ refuses the connection` },
    });
  });
});

describe('other probes', () => {
  test('a connection is enough where only that is asked', async () => {
    const port = await serveTcp(() => undefined, '::1');
    expect(await probe({ kind: 'tcp' }, port)).toMatchObject({ passed: true, address: '::1' });
    expect(await probe({ kind: 'tcp' }, await reservePort())).toMatchObject({ seen: { kind: 'nothing-listens' } });
  });

  test('a command passes with 0, and is named with its code otherwise', async () => {
    const command = (text: string): ProbePlan => ({ kind: 'command', command: text });
    expect(await probe(command('test -d .'), 1)).toMatchObject({ passed: true, address: null });
    expect(
      await probe(command('sh -c "exit $CODE"'), 1, {
        environment: { named: {}, exported: { PATH: '/bin', CODE: '2' } },
      }),
    ).toMatchObject({
      passed: false,
      seen: { kind: 'error', message: '`sh -c "exit $CODE"` exited with 2' },
    });
    expect(await probe(command('sleep 60'), 1, { timeoutMs: 50 })).toMatchObject({
      seen: { kind: 'error', message: '`sleep 60` did not end within 50 ms' },
    });
  });

  test('a log passes when a line matches', async () => {
    const log: ProbePlan = { kind: 'log', pattern: 'ready in' };
    expect(await probe(log, 1, { outputMatches: (pattern) => pattern === 'ready in' })).toMatchObject({ passed: true });
    expect(await probe(log, 1)).toMatchObject({ seen: { kind: 'error', message: 'no line matches `ready in`' } });
  });

  test('a service without a port has nothing that could fail', async () => {
    expect(await probe({ kind: 'process' }, 1)).toMatchObject({ passed: true });
    expect(await probe(ANY, 1, { port: null, url: null })).toMatchObject({ passed: true });
  });
});
