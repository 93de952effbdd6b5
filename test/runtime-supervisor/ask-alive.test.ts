import { chmodSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askAlive } from '../../src/runtime/supervisor/control/ask-alive.ts';
import { callSupervisor } from '../../src/runtime/supervisor/control/call-supervisor.ts';
import { STOP } from '../../src/runtime/supervisor/control/protocol.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const STOP_ALL = { names: [], mode: 'graceful' } as const;

test('where nothing listens there is no supervisor, and where this user may not ask there may be one', async () => {
  expect(await askAlive(join(temporaryFolder(), 'none.sock'), 5000)).toBe('absent');
  const socket = await socketThatSays('HTTP/1.0 200 OK\r\n\r\n');
  expect(await askAlive(socket, 5000)).toBe('answers');
  chmodSync(socket, 0);
  // Root may ask everybody.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    expect(await askAlive(socket, 5000)).toBe('denied');
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test('an answer that makes no sense is a failure of the call, not an exception', async () => {
  const wrongReport = '{"type":"report","report":{"services":[{"service":"web"}]}}';
  const wrongEvent = '{"type":"event","event":{"kind":"ready","service":"web"}}';
  for (const line of ['<html>', '{"type":"rep', 'null', '[]', '{"type":"report"}', wrongReport, wrongEvent]) {
    const socket = await socketThatSays(`HTTP/1.0 200 OK\r\n\r\n{"type":"alive"}\n${line}\n{"type":"alive"}\n`);
    const called = await callSupervisor({ socket, endpoint: STOP, body: STOP_ALL, onEvent: () => undefined });
    expect(called).toEqual({ ok: false, error: { reason: 'fault', message: `unexpected answer: ${line}` } });
  }
});

/** A server that answers whatever it is asked with this text. */
async function socketThatSays(text: string): Promise<string> {
  const socket = join(temporaryFolder(), 'it.sock');
  const server: Server = createServer((connection) => {
    connection.on('error', () => undefined); // Whoever asked leaves at the first word.
    connection.once('data', () => connection.end(text));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return socket;
}
