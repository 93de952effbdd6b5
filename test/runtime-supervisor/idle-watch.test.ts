import { expect, test } from 'vitest';
import { clientsIn } from '../../src/platform/connected-clients.ts';
import { IdleWatch } from '../../src/runtime/supervisor/requests/idle-watch.ts';

const LIMIT_MS = 60_000;

test('what devgen itself makes a service write, and its own connections, are no use', () => {
  const { watch, pass } = create();
  pass(50_000);
  watch.probed('web');
  pass(500);
  watch.wrote('web');
  expect(watch.idleMs(LIMIT_MS)).toBe(50_500);
  pass(2000);
  expect(watch.idleMs(LIMIT_MS)).toBe(52_500);
});

test('a command, a line of a service and a new connection are use', () => {
  const { watch, pass, connect } = create();
  pass(50_000);
  watch.used();
  expect(watch.idleMs(LIMIT_MS)).toBe(0);
  pass(10_000);
  watch.wrote('web');
  expect(watch.idleMs(LIMIT_MS)).toBe(0);
  connect('a page');
  pass(10_000);
  expect(watch.idleMs(LIMIT_MS)).toBe(0);
  pass(10_000);
  expect(watch.idleMs(LIMIT_MS), 'one that only stays open').toBe(10_000);
});

test('the clients of a port are the other ends of the connections that are open to it', () => {
  const rows = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1',
    '   1: 0100007F:1F40 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 2 1',
    '   2: 0100007F:C350 0100007F:1F40 01 00000000:00000000 00:00000000 00000000     0        0 3 1',
    '   3: 0100007F:1F40 0100007F:C351 06 00000000:00000000 00:00000000 00000000     0        0 0 1',
  ];
  expect([...clientsIn(rows.join('\n'), new Set([8000]))]).toEqual(['0100007F:C350']);
});

function create() {
  let nowMs = 0;
  const clients = new Set<string>();
  const clock = { monotonicMs: () => nowMs };
  const watch = new IdleWatch({ clock, ports: () => new Set([8000]), clientsOf: () => new Set(clients) });
  watch.idleMs(LIMIT_MS);
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { watch, pass, connect: (client: string) => clients.add(client) };
}
