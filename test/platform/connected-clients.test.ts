import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { clientsIn, connectedClients } from '../../src/platform/connected-clients.ts';
import { askConnection } from '../../src/runtime/health/ask-connection.ts';
import { askHttp } from '../../src/runtime/health/ask-http.ts';
import { askWire } from '../../src/runtime/health/ask-wire.ts';
import { killQuietly } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('either end of a connection tells of a client, and only a client on the same address is looked for', () => {
  const rows = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1',
    '   1: 0100007F:1F40 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 2 1',
    '   2: 0100007F:C350 0100007F:1F40 01 00000000:00000000 00:00000000 00000000     0        0 3 1',
    '   3: 0100007F:1F40 0100007F:C351 06 00000000:00000000 00:00000000 00000000     0        0 0 1',
    '   4: 0100007F:C352 0100007F:1F40 06 00000000:00000000 00:00000000 00000000     0        0 0 1',
    '   5: 0200A8C0:1F40 0300A8C0:C353 01 00000000:00000000 00:00000000 00000000     0        0 4 1',
    '   6: 010011AC:C354 020011AC:1F40 01 00000000:00000000 00:00000000 00000000     0        0 5 1',
    '   7: 0100007F:C355 0100007F:1F41 01 00000000:00000000 00:00000000 00000000     0        0 6 1',
  ];
  expect([...clientsIn(rows.join('\n'), new Set([8000])).values()]).toEqual([
    { port: 50_000, isOpen: true, inode: '3' },
    { port: 50_001, isOpen: false, inode: '0' },
    { port: 50_002, isOpen: false, inode: '0' },
    { port: 50_003, isOpen: true, inode: '0' },
  ]);
});

test.runIf(process.platform === 'linux')('our probes are told from other clients, even after their end', async () => {
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clients = () => connectedClients(new Set([port]), () => []);
  const at = { port, address: '127.0.0.1', timeoutMs: 5000 };
  const { signal } = new AbortController();
  await askConnection(at);
  await askWire({ ...at, question: Buffer.from('hello') });
  for (const scheme of ['http', 'https']) {
    await askHttp({ ...at, url: new URL(`${scheme}://localhost:${port}`), signal });
  }
  expect(clients()).toEqual([]);
  const other = connect({ port, host: '127.0.0.1' }).resume();
  await once(other, 'connect');
  const clientPort = other.localPort;
  await once(other, 'close');
  await waitUntil(() => clients().some((client) => client.port === clientPort && !client.isOpen));
  expect(clients()).toHaveLength(1);
});

test.runIf(process.platform === 'linux')('what other processes keep open counts, but for those named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const script = `require('node:net').connect(${port}, '127.0.0.1')`;
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  onTestFinished(async () => {
    const gone = once(child, 'exit');
    killQuietly(pid);
    await gone;
    server.close();
  });
  await once(server, 'connection');
  expect(connectedClients(new Set([port]), () => [])).toMatchObject([{ isOpen: true }]);
  expect(connectedClients(new Set([port]), () => [pid])).toEqual([]);
});
