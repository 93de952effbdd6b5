import { expect, it } from 'vitest';
import { paintPlain } from '../../src/cli/screen/paint.ts';
import { statusDetails } from '../../src/cli/sentences/status-details.ts';
import { statusTable } from '../../src/cli/sentences/status-table.ts';
import type { ServiceView } from '../../src/cli/status/service-view.ts';
import { NOW, viewOf, WORDS } from './fixtures.ts';

const STYLE = { paint: paintPlain, words: WORDS, now: NOW };
const TOO_LARGE = { reason: 'memory-exceeded', bytes: 209_715_200, limitBytes: 104_857_600 } as const;
const DOWN = { pid: null, port: null, url: null } as const;

function table(...views: readonly ServiceView[]): string {
  return `\n${statusTable(views, STYLE).join('\n')}\n`;
}

it('the table shows state, address, pid, uptime and health', () => {
  const worker = viewOf({}, { service: 'worker', port: null, wantedPort: null, url: null, pid: 77, health: NEVER });
  const queue = viewOf(
    {},
    { service: 'queue', port: 5672, wantedPort: 5672, url: null, health: { ...NEVER, verdict: 'healthy' } },
  );
  expect(table(viewOf(), worker, queue)).toBe(`
SERVICE  STATE  ADDRESS                PID   UP      HEALTH
backend  ready  http://localhost:5000  4321  3m 20s  12 ms excellent, 5 s ago
worker   ready  -                      77    3m 20s  -
queue    ready  port 5672              4321  3m 20s  healthy
`);
});

it('what a failed probe found is not told with the age of a probe that passed', () => {
  const health = { verdict: 'healthy', checkedAt: ago(1), responseMs: null, grade: null, failures: 1 } as const;
  expect(table(viewOf({}, { health }))).toContain('last probe failed, 1 s ago\n');
});

it('the table tells of another port than wanted, of restarts, and of a missing supervisor', () => {
  expect(table(viewOf({ supervised: false }, { port: 5001, url: 'http://localhost:5001', restarts: 2 }))).toBe(`
SERVICE  STATE  ADDRESS                PID   UP      HEALTH
backend  ready  http://localhost:5001  4321  3m 20s  12 ms excellent, 5 s ago
  wanted port 5000, has 5001; restarted 2 times; no supervisor watches it; \`./dev start\` does again
`);
});

it('of a service that was restarted without being asked the table tells why', () => {
  const seen = { kind: 'status', url: 'http://127.0.0.1:5000/health', status: 500 } as const;
  const lastRestart = { at: ago(242), failure: { reason: 'unhealthy', failures: 3, seen } } as const;
  expect(table(viewOf({}, { restarts: 3, lastRestart }))).toBe(`
SERVICE  STATE  ADDRESS                PID   UP      HEALTH
backend  ready  http://localhost:5000  4321  3m 20s  12 ms excellent, 5 s ago
  restarted 3 times, last 4m 2s ago: failed 3 health probes in a row: http://127.0.0.1:5000/health answers with status 500
`);
  expect(table(viewOf({}, { restarts: 1, lastRestart }))).toContain(
    'restarted once, 4m 2s ago: failed 3 health probes',
  );
});

const UNKNOWN = { state: 'unknown', pid: null, owner: 'root' } as const;

it('the table says since when and why something does not run', () => {
  const views = [
    viewOf({}, { ...DOWN, state: 'down', wanted: 'down', lastExit: { code: 0, signal: null, at: ago(303) } }),
    viewOf({ file: 'absent' }, { ...DOWN, state: 'down', wanted: 'down', service: 'new', startedAt: null }),
    viewOf({ ...UNKNOWN, file: 'damaged' }, { service: 'odd' }),
    viewOf({ ...UNKNOWN, file: 'denied' }, { service: 'theirs' }),
    viewOf({}, { ...DOWN, state: 'down', service: 'job', lastExit: { code: 0, signal: null, at: ago(60) } }),
    viewOf({ state: 'crashed', pid: null }, { service: 'gone', pid: 99 }),
    viewOf({}, { ...DOWN, state: 'backing-off', service: 'flaky', lastExit: { code: 1, signal: null, at: ago(1) } }),
    viewOf(
      {},
      {
        ...DOWN,
        state: 'backing-off',
        service: 'fat',
        failure: TOO_LARGE,
        lastExit: { code: null, signal: 'SIGTERM', at: ago(1) },
      },
    ),
    viewOf(
      {},
      {
        ...DOWN,
        state: 'failed',
        service: 'broken',
        failure: CRASH_LOOP,
        lastExit: { code: 1, signal: null, at: ago(9) },
      },
    ),
  ];
  expect(table(...views)).toBe(`
SERVICE  STATE        ADDRESS  PID  UP  HEALTH
backend  down         -        -    -   -
  stopped 5m 3s ago
new      down         -        -    -   -
  never started
odd      unknown      -        -    -   -
  its status file makes no sense; \`./dev start odd\` writes it anew
theirs   unknown      -        -    -   -
  its status file cannot be read; it belongs to root
job      down         -        -    -   -
  ended 1m 0s ago with exit code 0
gone     crashed      -        -    -   -
  its process (pid 99) is gone; \`./dev start gone\` starts it again
flaky    backing-off  -        -    -   -
  ended 1.0 s ago with exit code 1; it is started again soon
fat      backing-off  -        -    -   -
  took 200 MB of memory; its limit is 100 MB (1.0 s ago); it is started again soon
broken   failed       -        -    -   -
  given up: it crashed 6 times within 1m 0s; the last time it ended with exit code 1 (9.0 s ago)
  | boom
  log: logs/broken.log
  hint: Mend that; \`./dev start broken\` begins anew.
`);
});

it('the table of usual services fits into 80 columns', () => {
  const views = [
    viewOf(
      { state: 'unhealthy' },
      { service: 'frontend', pid: 4_194_304, health: { ...NEVER, verdict: 'unhealthy', failures: 12 } },
    ),
    viewOf({ state: 'backing-off', pid: null }, { service: 'dashboard' }),
  ];
  for (const line of statusTable(views, STYLE)) expect(line.length).toBeLessThanOrEqual(80);
});

it('the details tell everything', () => {
  const view = viewOf({}, { lastExit: { code: null, signal: 'SIGKILL', at: ago(200) }, restarts: 1 });
  expect(`\n${statusDetails([view], STYLE).join('\n')}\n`).toBe(`
backend
  state        ready
  address      http://localhost:5000
  wanted port  5000
  pid          4321
  up for       3m 20s
  ready after  1.0 s
  health       12 ms excellent, 5 s ago
  checked      2026-05-04T11:59:55.000Z
  restarts     1
  last exit    2026-05-04T11:56:40.000Z by signal SIGKILL
  command      run backend
  folder       .
  log          logs/backend.log
  supervisor   pid 5
  restarted once
`);
});

const NEVER = { verdict: 'unknown', checkedAt: null, responseMs: null, grade: null, failures: 0 } as const;
const CRASH_LOOP = {
  reason: 'crash-loop',
  crashes: 6,
  windowMs: 60_000,
  exit: { code: 1, signal: null },
  lastLines: ['boom'],
} as const;

function ago(seconds: number): string {
  return new Date(NOW - seconds * 1000).toISOString();
}
