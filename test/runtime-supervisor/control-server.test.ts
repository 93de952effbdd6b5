import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { pathsOf } from '../../src/runtime/state/paths.ts';
import { callSupervisor } from '../../src/runtime/supervisor/control/call-supervisor.ts';
import { FOLLOW, HEARTBEAT_MS, START } from '../../src/runtime/supervisor/control/protocol.ts';
import { serveControl } from '../../src/runtime/supervisor/server/control-server.ts';
import { Supervisor } from '../../src/runtime/supervisor/supervisor.ts';
import { planOf } from '../plan/plans.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { waitUntil } from '../rig/wait-until.ts';

test('neither an event nor a sign of life is sent after the report, even while a slow reader still takes what came before', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
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
  vi.advanceTimersByTime(HEARTBEAT_MS);

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
  const call = {
    socket,
    endpoint: FOLLOW,
    body: { user: null },
    onEvent: () => undefined,
    signal: AbortSignal.abort(),
  };

  expect(await callSupervisor(call)).toEqual({ ok: false, error: { reason: 'lost' } });
});

const wrongRequests = [
  ['/stop', '{"names":"all","mode":"graceful"}', 'not a request to /stop: names is missing or wrong'],
  ['/stop', '{"names":["web",7],"mode":"graceful"}', 'not a request to /stop: names.1 is missing or wrong'],
  ['/stop', '{"names":[]}', 'not a request to /stop: mode is missing or wrong'],
  ['/start', '{"plan":{"schemaVersion":2}}', 'not a request to /start: plan.schemaVersion is missing or wrong'],
  ['/acquire', '[]', 'not a request to /acquire: its body is missing or wrong'],
  ['/release', '{"lease"', 'not a request to /release: its body is no JSON'],
  ['/nonsense', 'null', 'unknown request /nonsense'],
] as const;

test.each(wrongRequests)(
  'a request to %s with %s is refused by name, and nothing is done',
  async (path, body, message) => {
    const root = temporaryFolder();
    const supervisor = new Supervisor(root);
    const socket = join(root, 'control.sock');
    const server = await serveControl({ supervisor, socket, build: 'this one', stepDown: () => undefined });
    onTestFinished(() => server.close());
    const client = connect(socket);
    client.write(`POST ${path} HTTP/1.0\r\ncontent-length: ${body.length}\r\n\r\n${body}`);

    let answer = '';
    for await (const chunk of client) answer += String(chunk);
    expect(answer.split('\r\n\r\n')[1]).toBe(`${JSON.stringify({ type: 'fault', message })}\n`);
    expect(existsSync(pathsOf(root).runtimeLog)).toBe(false);
  },
);

test('a report and a fault carry neither a secret nor an escape sequence', async () => {
  const root = temporaryFolder();
  const supervisor = new Supervisor(root);
  const socket = join(root, 'control.sock');
  const server = await serveControl({ supervisor, socket, build: 'this one', stepDown: () => undefined });
  onTestFinished(() => server.close());
  const plan = planOf({
    services: { web: { command: 'node web.js', cwd: 'hunter2-secret\u001b[2J', restart: 'never' } },
  });
  const asked = {
    names: [],
    ports: {},
    conflicts: {},
    timeoutMs: null,
    isOnDemand: false,
    user: null,
    forMs: null,
    terminal: null,
    callers: [],
    askedAt: 0,
  };
  const body = { ...asked, plan, mode: 'normal', shellEnvironment: { WEB_PASSWORD: 'hunter2-secret' } } as const;
  const call = { socket, onEvent: () => undefined };

  const started = await callSupervisor({ ...call, endpoint: START, body });
  const refused = await callSupervisor({
    ...call,
    endpoint: { ...FOLLOW, path: '/hunter2-secret' },
    body: null,
  });

  expect(started).toMatchObject({ value: { services: [{ failure: { reason: 'cwd-missing', cwd: `${root}/***` } }] } });
  expect(refused).toMatchObject({ error: { reason: 'fault', message: 'unknown request /***' } });
});

test('only its own user can open the socket', async () => {
  const root = temporaryFolder();
  const socket = join(root, 'control.sock');
  const supervisor = new Supervisor(root);
  const server = await serveControl({ supervisor, socket, build: 'this one', stepDown: () => undefined });
  onTestFinished(() => server.close());
  expect(statSync(socket).mode & 0o077).toBe(0);
});

function announce(supervisor: Supervisor, command: string): void {
  supervisor.publisher.announce('web', { kind: 'waiting', reason: 'before', what: command });
}
