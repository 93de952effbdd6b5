import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { ownUserId } from '../../src/platform/own-user.ts';
import { parsePeerUsers } from '../../src/platform/peer-user.linux.ts';
import { peerUsers } from '../../src/platform/peer-user.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0
   1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 12 1 0
   2: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000    33        0 13 1 0
   3: 0100007F:C002 0100007F:1F90 05 00000000:00000000 00:00000000 00000000     0        0 0 1 0
`;

test('the other side of a connection is whose row has its ends the other way round', () => {
  expect(parsePeerUsers(TABLE, { peerPort: 0xc001, ownPort: 0x1f90 })).toEqual([33]);
  expect(parsePeerUsers(TABLE, { peerPort: 0xc002, ownPort: 0x1f90 }), 'a socket of no process tells nothing').toEqual(
    [],
  );
  expect(parsePeerUsers('', { peerPort: 1, ownPort: 2 })).toEqual([]);
});

test.skipIf(process.platform !== 'linux').each(['127.0.0.1', '::1'])(
  'a connection over %s is our own',
  async (host) => {
    const found = await new Promise((resolve, reject) => {
      const server = createServer((socket) => {
        const { remotePort = 0, localPort = 0 } = socket;
        resolve(peerUsers({ peerPort: remotePort, ownPort: localPort }));
        socket.destroy();
        server.close();
      });
      server.on('error', reject);
      server.listen(0, host, () => {
        const address = server.address();
        const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
        void fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}`).catch(() => undefined);
      });
    });
    expect(found).toEqual([ownUserId()]);
  },
);
