import { expect, test } from 'vitest';
import { compileProbe } from '../../src/plan/probe-plan.ts';
import type { Client } from '../../src/platform/connected-clients.ts';
import { IdleWatch } from '../../src/runtime/supervisor/requests/idle-watch.ts';
import { servicePlan } from '../plan/service-plan.ts';

const LIMIT_MS = 60_000;
const STEP_MS = 50;
const ANSWER = 'GET /api/up 200 in 3ms';

test('answers to our own probes are no use, however often we ask', () => {
  const { run, watch, web } = create();
  const idleMs = run(LIMIT_MS, {
    everyMs: 1000,
    happens() {
      watch.probed(web);
      watch.wrote(web, ['Started GET "/api/up" for ::1', 'Completed 200 OK in 3ms']);
    },
  });
  expect(idleMs).toBe(LIMIT_MS);
});

test('a service that is probed every second is used by the lines that it writes of other things', () => {
  const { run, watch, web, answerProbe } = create();
  const probes = { everyMs: 1000, happens: answerProbe };
  const lines = { everyMs: 700, happens: () => watch.wrote(web, ['sent 3 mails']) };
  expect(run(LIMIT_MS, probes, lines)).toBeLessThanOrEqual(700);
});

test('a line that names the path of the probe, but that no probe asked for, is use', () => {
  const { run, watch, web, answerProbe } = create();
  run(10_000, { everyMs: 1000, happens: answerProbe });
  watch.wrote(web, [ANSWER]);
  expect(watch.idleMs(LIMIT_MS)).toBe(0);
});

test('connections are seen while any service is probed over and over, such as one that does not become ready', () => {
  const { run, watch, web, clients } = create();
  const probes = { everyMs: 250, happens: () => watch.probed(web) };
  let port = 50_000;
  const connects = { everyMs: 1500, happens: () => clients.set(port++, 'open') };
  const close = () => {
    for (const each of clients.keys()) clients.set(each, 'closed');
  };
  expect(run(LIMIT_MS, probes, connects, { everyMs: 2000, happens: close })).toBeLessThanOrEqual(LIMIT_MS / 20);
});

test('one connection that stays open is use, and what follows its end is none', () => {
  const { run, clients } = create();
  clients.set(50_000, 'open');
  expect(run(2 * LIMIT_MS)).toBeLessThanOrEqual(LIMIT_MS / 20);
  clients.set(50_000, 'closed');
  expect(run(LIMIT_MS)).toBeGreaterThanOrEqual(LIMIT_MS * 0.95);
});

test('connections that come and go between two looks are use', () => {
  const { run, clients } = create();
  let port = 50_000;
  const idleMs = run(LIMIT_MS, { everyMs: 500, happens: () => clients.set(port++, 'closed') });
  expect(idleMs).toBeLessThanOrEqual(LIMIT_MS / 20);
});

test('a command is use', () => {
  const { run, watch } = create();
  run(50_000);
  watch.used();
  expect(watch.idleMs(LIMIT_MS)).toBe(0);
});

interface Happening {
  readonly everyMs: number;
  readonly happens: () => unknown;
}

function create() {
  let nowMs = 0;
  const clients = new Map<number, 'open' | 'closed'>();
  const watch = new IdleWatch({
    clock: { monotonicMs: () => nowMs },
    clients: () => [...clients].map(([port, state]): Client => ({ port, isOpen: state === 'open', inode: '0' })),
  });
  const { health, ...service } = servicePlan();
  const web = { ...service, health: { ...health, probe: compileProbe({ http: '/api/up' }, 'any-answer') } };
  /** For so long; how long ago something was used then. */
  const run = (ms: number, ...happenings: readonly Happening[]): number => {
    const endMs = nowMs + ms;
    while (nowMs < endMs) {
      nowMs += STEP_MS;
      for (const { everyMs, happens } of happenings) if (nowMs % everyMs === 0) happens();
      watch.idleMs(LIMIT_MS);
    }
    return watch.idleMs(LIMIT_MS);
  };
  const answerProbe = (): void => {
    watch.probed(web);
    watch.wrote(web, [ANSWER]);
  };
  return { watch, web, clients, run, answerProbe };
}
