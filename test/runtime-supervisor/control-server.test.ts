import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { callSupervisor } from '../../src/runtime/supervisor/control/call-supervisor.ts';
import { serveControl } from '../../src/runtime/supervisor/control/control-server.ts';
import { Supervisor } from '../../src/runtime/supervisor/supervisor.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('an event after the report is not sent, even while a slow reader still takes what came before', async () => {
  const root = temporaryFolder();
  const supervisor = new Supervisor(root);
  const socket = join(root, 'control.sock');
  const server = await serveControl({ supervisor, socket, build: 'this one', stepDown: () => undefined });
  onTestFinished(() => server.close());
  const order = JSON.stringify({ names: [], mode: 'graceful' });
  const client = connect(socket).pause();
  client.write(`POST /stop HTTP/1.0\r\ncontent-length: ${order.length}\r\n\r\n`);
  await waitUntil(() => server.open === 1);
  // More than the kernel keeps for a reader that does not read: the answer is over, and its connection is not.
  for (let sent = 0; sent < 100; sent++) announce(supervisor, 'before'.repeat(2000));

  client.write(order);
  for (let turn = 0; turn < 100; turn++) {
    announce(supervisor, 'during');
    await nextTurn();
  }

  let answer = '';
  for await (const chunk of client) answer += String(chunk);
  const replies = answer.trimEnd().split('\n').slice(-2);
  expect(replies[1]).toContain('"type":"report"');
  expect(replies[0]).toContain('during');
});

test('a request that was given up before it was made is not made', async () => {
  const root = temporaryFolder();
  const supervisor = new Supervisor(root);
  const socket = join(root, 'control.sock');
  const server = await serveControl({ supervisor, socket, build: 'this one', stepDown: () => undefined });
  onTestFinished(() => server.close());
  const call = { socket, path: '/events', body: null, onEvent: () => undefined, signal: AbortSignal.abort() };

  expect(await callSupervisor(call)).toEqual({ ok: false, error: { reason: 'lost' } });
});

function announce(supervisor: Supervisor, command: string): void {
  supervisor.publisher.announce('web', { kind: 'waiting', reason: 'before', what: command });
}
