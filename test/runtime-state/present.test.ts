import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { type HeldSocket, heldSocketOf } from '../../src/platform/held-socket.ts';
import { listenersOn } from '../../src/platform/listeners.ts';
import { presentIn } from '../../src/runtime/state/present.ts';
import { waitUntil } from '../rig/wait-until.ts';

const onLinux = test.runIf(process.platform === 'linux');

onLinux('a socket that its process still has is open, and once closed it is not', async () => {
  const { port, socket, close } = await listen();
  expect(presentIn('/').isClosed({ port, sockets: [socket] })).toBe(false);
  await close();
  await waitUntil(() => listenersOn(port).length === 0, 2000);
  expect(presentIn('/').isClosed({ port, sockets: [socket] })).toBe(true);
});

onLinux('another descriptor of the same number is not taken for the socket, but the port is looked up', async () => {
  const { port, socket, close } = await listen();
  const foreign: HeldSocket = { ...socket, inode: '1' };
  expect(presentIn('/').isClosed({ port, sockets: [foreign] })).toBe(false);
  await close();
  await waitUntil(() => presentIn('/').isClosed({ port, sockets: [foreign] }), 2000);
});

onLinux('a socket is found only with the process that has it', async () => {
  const { port, close } = await listen();
  const [listener] = listenersOn(port);
  expect(listener && heldSocketOf(listener, [process.ppid])).toBeUndefined();
  await close();
});

async function listen(): Promise<{ port: number; socket: HeldSocket; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const [listener] = listenersOn(port);
  const socket = listener && heldSocketOf(listener, [process.pid]);
  if (socket === undefined) throw new Error(`port ${port} is not seen to be held by this process`);
  return { port, socket, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
