import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parseLsofListeners } from '../../src/platform/listeners.darwin.ts';
import { parseSocketRow } from '../../src/platform/listeners.linux.ts';
import { allListeners, listenersOfProcesses, listenersOn, ownersOf } from '../../src/platform/listeners.ts';
import { parseNetstatListeners } from '../../src/platform/listeners.windows.ts';
import { canBind, ephemeralRange } from '../../src/platform/port-binding.ts';
import { reservePort } from '../rig/ports.ts';
import { isLiving, killQuietly } from '../rig/processes.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { spawnPython } from './spawn-program.ts';

function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    onTestFinished(() => void server.close());
    server.once('error', reject);
    server.listen({ port, host }, () => resolve(server));
  });
}

test.each([
  ['127.0.0.1', 4],
  ['0.0.0.0', 4],
  ['::1', 6],
  ['::', 6],
])('a listener on %s is found with its owner, and its port cannot be bound', async (host, family) => {
  const port = await reservePort();
  expect(listenersOn(port)).toEqual([]);
  expect(await canBind(port)).toBe('free');
  await listen(port, host);
  const found = listenersOn(port);
  expect(found).toEqual([
    { family, address: host, port, inode: expect.stringMatching(/^\d+$/), userId: process.getuid?.() },
  ]);
  const inode = found[0]?.inode ?? '';
  expect(ownersOf(found).get(inode)).toEqual([process.pid]);
  expect(ownersOf(found, [process.pid]).get(inode)).toEqual([process.pid]);
  expect(ownersOf(found, [process.ppid]).size).toBe(0);
  expect(listenersOfProcesses([process.pid]).map((each) => each.port)).toContain(port);
  expect(listenersOfProcesses([999_999_999])).toEqual([]);
  expect(await canBind(port)).toBe('in-use');
});

test.each([
  ['127.0.0.1', 4],
  ['::1', 6],
])('more listeners on %s than one reading of the table holds are all found', async (host, family) => {
  const servers = await Promise.all(Array.from({ length: 80 }, () => listen(0, host)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  const found = allListeners().filter((listener) => listener.family === family);
  expect(ports.filter((port) => !found.some((listener) => listener.port === port))).toEqual([]);
});

test('who listens, and who no longer does, shows at once', async () => {
  const port = await reservePort();
  for (const host of ['127.0.0.1', '::1', '127.0.0.1']) {
    const server = await listen(port, host);
    expect(listenersOn(port).map(({ address }) => address)).toEqual([host]);
    await new Promise((resolve) => server.close(resolve));
    expect(listenersOn(port)).toEqual([]);
  }
});

test('a listening socket that was inherited has all its holders', async () => {
  const port = await reservePort();
  const program = spawnPython(`import os,socket,time
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); s.bind(('127.0.0.1',${port})); s.listen()
pid=os.fork()
if pid: print(pid)
time.sleep(600)`);
  const child = Number(await program.next());
  onTestFinished(() => killQuietly(child));
  const owners = [...ownersOf(listenersOn(port)).values()];
  expect(owners.map((pids) => [...pids].sort((a, b) => a - b))).toEqual([[program.pid, child].sort((a, b) => a - b)]);
  process.kill(program.pid, 'SIGKILL');
  await waitUntil(() => !isLiving(program.pid));
  expect([...ownersOf(listenersOn(port)).values()]).toEqual([[child]]);
});

test('a port that is bound without listening shows no listener, but cannot be bound', async () => {
  const port = await reservePort();
  const program = spawnPython(`import socket,time
s=socket.socket(); s.bind(('127.0.0.1',${port})); print('bound'); time.sleep(600)`);
  await program.next();
  expect(listenersOn(port)).toEqual([]);
  expect(await canBind(port)).toBe('in-use');
});

test('a connection in TIME_WAIT does not keep a port busy', async () => {
  const port = await reservePort();
  const program = spawnPython(`import socket
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); s.bind(('127.0.0.1',${port})); s.listen()
c=socket.create_connection(('127.0.0.1',${port})); a,_=s.accept(); a.close(); c.recv(1); c.close(); s.close()
print(any(l.split()[1].endswith(':%04X' % ${port}) and l.split()[3]=='06' for l in open('/proc/net/tcp')))`);
  expect(await program.next()).toBe('True');
  expect(listenersOn(port)).toEqual([]);
  expect(await canBind(port)).toBe('free');
});

test('connections to a listener are not listeners, and do not hide any', async () => {
  const port = await reservePort();
  const program = spawnPython(`import socket,time
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); s.bind(('127.0.0.1',${port})); s.listen()
c=[socket.create_connection(('127.0.0.1',${port})) for _ in range(5)]; print('up'); time.sleep(600)`);
  await program.next();
  expect(listenersOn(port)).toHaveLength(1);
  await listen(port + 1, '127.0.0.1');
  expect(allListeners().map((each) => each.port)).toEqual(expect.arrayContaining([port, port + 1]));
});

test('ports of the kernel for outgoing connections are known', () => {
  const { from, to } = ephemeralRange();
  expect(from).toBeGreaterThan(1023);
  expect(to).toBeGreaterThan(from);
});

test.each([
  ['0100007F:1F40', 4, '127.0.0.1'],
  ['00000000:1F40', 4, '0.0.0.0'],
  ['00000000000000000000000000000000:1F40', 6, '::'],
  ['00000000000000000000000001000000:1F40', 6, '::1'],
  ['0000000000000000FFFF00000100007F:1F40', 6, '::ffff:127.0.0.1'],
  ['B80D0120000000000000000001000000:1F40', 6, '2001:db8::1'],
  ['000080FE00000000FF005450FE24BC12:1F40', 6, 'fe80::5054:ff:12bc:24fe'],
] as const)('the row of %s is read as family %s, %s', (local, family, address) => {
  const line = `   0: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 100 0 0 10 0`;
  expect(parseSocketRow(line, family)).toEqual({ family, address, port: 8000, inode: '4242', userId: 1000 });
});

test('rows of sockets that do not listen are no listeners', () => {
  const line = '   1: 0100007F:1F40 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 4243 1';
  expect(parseSocketRow(line, 4)).toBeUndefined();
});

test('listeners are read from the fields of lsof', () => {
  const text = [
    ...['p812', 'u501', 'f21', 'tIPv4', 'd0x1a', 'n*:5173', 'f22', 'tIPv6', 'd0x1b', 'n[::1]:5173'],
    ...['p813', 'u0', 'f3', 'tIPv4', 'd0x1a', 'n127.0.0.1:8000', ''],
  ].join('\n');
  expect(parseLsofListeners(text)).toEqual([
    { family: 4, address: '0.0.0.0', port: 5173, inode: '0x1a', userId: 501, pid: 812 },
    { family: 6, address: '::1', port: 5173, inode: '0x1b', userId: 501, pid: 812 },
    { family: 4, address: '127.0.0.1', port: 8000, inode: '0x1a', userId: 0, pid: 813 },
  ]);
});

test('listeners are read from netstat in any language of Windows, by the whole port', () => {
  const text = [
    '',
    'Aktive Verbindungen',
    '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    '  TCP    0.0.0.0:3000           0.0.0.0:0              ABHÖREN          1111',
    '  TCP    [::1]:30001            [::]:0                 ABHÖREN          3333',
    '  TCP    127.0.0.1:3000         127.0.0.1:30009        HERGESTELLT      4444',
    '  UDP    0.0.0.0:3000           *:*                                     5555',
  ].join('\r\n');
  expect(parseNetstatListeners(text)).toEqual([
    { family: 4, address: '0.0.0.0', port: 3000, inode: '1111/0.0.0.0:3000', userId: null, pid: 1111 },
    { family: 6, address: '::1', port: 30001, inode: '3333/[::1]:30001', userId: null, pid: 3333 },
  ]);
});
