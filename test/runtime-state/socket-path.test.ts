import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { socketPathOf } from '../../src/runtime/state/socket-path.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test('the socket lies in the checkout when its path is short', () => {
  expect(socketPathOf('/home/me/project')).toBe('/home/me/project/logs/.devgen/supervisor.sock');
});

test('a checkout that lies too deep gets a socket that can be bound, the same each time and none other checkout has', async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
  const deep = `/home/${'é'.repeat(60)}/project`;
  const path = socketPathOf(deep);
  expect(path.startsWith(String(process.env.XDG_RUNTIME_DIR))).toBe(true);
  expect(socketPathOf(deep)).toBe(path);
  expect(socketPathOf(`${deep}2`)).not.toBe(path);
  await bind(path);
});

test('the longest path that stays in the checkout can be bound, and one byte more moves away', async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', temporaryFolder());
  const base = temporaryFolder();
  const rest = '/logs/.devgen/supervisor.sock';
  const root = join(base, 'x'.repeat(103 - Buffer.byteLength(base + rest) - 1));
  expect(socketPathOf(root)).toBe(root + rest);
  expect(socketPathOf(`${root}x`)).not.toBe(`${root}x${rest}`);
  mkdirSync(dirname(root + rest), { recursive: true });
  await bind(root + rest);
});

async function bind(path: string): Promise<void> {
  const server = createServer().listen(path);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
