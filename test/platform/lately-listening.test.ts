import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { LatelyListening } from '../../src/platform/lately-listening.ts';
import { reservePort } from '../rig/ports.ts';

test.runIf(process.platform === 'linux')(
  'a new listener is seen once the last look is old, and costs no look before',
  async () => {
    const port = await reservePort();
    let nowMs = 0;
    const lately = new LatelyListening({ monotonicMs: () => nowMs });
    expect(lately.on(port)).toEqual([]);
    await listen(port);
    expect(lately.on(port)).toEqual([]);
    nowMs += 350;
    expect(lately.on(port)).toMatchObject([{ address: '127.0.0.1', port }]);
  },
);

function listen(port: number): Promise<Server> {
  const server = createServer();
  onTestFinished(() => void server.close());
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
