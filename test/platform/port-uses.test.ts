import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { parsePortRows } from '../../src/platform/port-uses.linux.ts';
import { portUses } from '../../src/platform/port-uses.ts';
import { reservePort } from '../rig/ports.ts';
import { waitUntil } from '../rig/wait-until.ts';
import { spawnPython } from './spawn-program.ts';

const ROW = (local: string, state: string, inode: number, remote = 'D431') =>
  `   0: 0100007F:${local} 0100007F:${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;
const EPHEMERAL = { from: 32_768, to: 60_999 };
const used = (rows: readonly string[], port = 8000) =>
  parsePortRows(['  sl  local_address rem_address   st tx_queue', ...rows, ''].join('\n'), new Set([port]), EPHEMERAL);

test('a row counts by its own end alone, and only while a process has the socket', () => {
  const rows = [
    ROW('1F40', '0A', 11, '0000'),
    ROW('1F40', '08', 12),
    ROW('1F41', '0A', 13, '0000'),
    ROW('D431', '01', 14, '1F40'),
    ROW('1F40', '06', 0),
  ];

  expect(used(rows)).toEqual([
    { port: 8000, isListening: true, inode: '11' },
    { port: 8000, isListening: false, inode: '12' },
  ]);
});

test('an outgoing connection from the port is no use of it; in doubt a connection is an outgoing one', () => {
  expect(used([ROW('1F40', '01', 11, '1F41')])).toEqual([]);
  expect(used([ROW('1F40', '01', 11, 'D431'), ROW('D431', '0A', 12, '0000')])).toEqual([]);
  expect(used([ROW('D432', '01', 11, 'D431')], 0xd4_32)).toEqual([]);
});

test('a process that has the server’s end of a connection uses its port, even when none listens any more; its client does not', async () => {
  const port = await reservePort();
  const server = createServer((socket) => socket.on('error', () => undefined)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const client = spawnPython(
    `import socket,time\ns=socket.create_connection(('127.0.0.1',${port})); print('connected', flush=True); time.sleep(600)`,
  );
  const [accepted] = await Promise.all([once(server, 'connection'), client.next()]);
  onTestFinished(() => void accepted[0].destroy());
  server.close();

  await waitUntil(() => portUses(new Set([port])).every(({ isListening }) => !isListening));
  expect(portUses(new Set([port]))).toEqual([{ port, isListening: false, pid: process.pid }]);
});
