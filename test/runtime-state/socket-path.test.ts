import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { connectToSocket, listenAtSocket } from '../../src/platform/unix-socket.ts';
import { socketPathOf } from '../../src/runtime/state/socket-path.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const REST = '/logs/.devgen/supervisor.sock';

test('the socket lies in the checkout', () => {
  expect(socketPathOf('/home/me/project')).toBe(`/home/me/project${REST}`);
});

test.runIf(process.platform === 'linux')(
  'a checkout may lie as deep as it likes: its socket is in it all the same',
  async () => {
    const base = temporaryFolder();
    const longest = 'x'.repeat(103 - Buffer.byteLength(base + REST) - 1);
    for (const name of [longest, `${longest}x`, 'é'.repeat(110)]) {
      const root = join(base, name);
      expect(socketPathOf(root)).toBe(root + REST);
      await expectReached(root + REST);
    }
  },
);

test('what is wrong with a long path is told as of any other', async () => {
  const connection = connectToSocket(join(temporaryFolder(), 'x'.repeat(120), 'absent.sock'));
  const [error] = await once(connection, 'error');
  expect(error).toMatchObject({ code: 'ENOENT' });
});

async function expectReached(path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const server = createServer((connection) => connection.end('hello'));
  await listenAtSocket(server, path);
  expect(existsSync(path)).toBe(true);
  const [said] = await once(connectToSocket(path), 'data');
  expect(String(said)).toBe('hello');
  server.close();
  await once(server, 'close');
  expect(existsSync(path)).toBe(false);
}
