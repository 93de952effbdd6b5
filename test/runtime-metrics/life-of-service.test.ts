import { expect, test } from 'vitest';
import { lifeOfService } from '../../src/runtime/metrics/life-of-service.ts';
import type { RuntimeEvent, RuntimeNews } from '../../src/runtime/state/runtime-event.ts';

const PERIOD = { from: 0, until: 100_000, seenUntil: 100_000 };
const STARTING: RuntimeNews = { kind: 'starting', pid: 7, command: 'run', port: null, url: null };
const STOPPING: RuntimeNews = { kind: 'stopping', pid: 7, signal: 'SIGTERM', graceMs: 1000 };
const STOPPED: RuntimeNews = { kind: 'stopped', pid: 7, tookMs: 10 };
const RESTARTING: RuntimeNews = { kind: 'backing-off', delayMs: 0, attempt: 1, maxRestarts: 5 };
const UNSEEN = { code: null, signal: null };

function ready(startupMs: number): RuntimeNews {
  return { kind: 'ready', pid: 7, url: null, startupMs };
}

function exited(exit: { readonly code: number | null; readonly signal: string | null }): RuntimeNews {
  return { kind: 'exited', pid: 7, exit, expected: exit.code === 0 };
}

/** Each event with the second at which it happened. */
function told(...events: readonly (readonly [number, RuntimeNews])[]): readonly RuntimeEvent[] {
  return events.map(([second, news]) => ({ at: new Date(second * 1000).toISOString(), service: 'api', ...news }));
}

test('a service is available from ready to stop, and wanted from its start', () => {
  const events = told([10, STARTING], [12, ready(2000)], [52, STOPPING], [53, STOPPED]);
  expect(lifeOfService(events, PERIOD)).toEqual({
    wantedMs: 43_000,
    readyMs: 40_000,
    restarts: [],
    startups: [{ at: 12_000, startupMs: 2000 }],
  });
});

test('the time between a crash and the next ready is time in which it was wanted', () => {
  const crash = { code: 1, signal: null };
  const events = told(
    [0, STARTING],
    [1, ready(1000)],
    [11, exited(crash)],
    [11, RESTARTING],
    [13, STARTING],
    [15, ready(2000)],
  );
  expect(lifeOfService(events, PERIOD)).toMatchObject({
    wantedMs: 100_000,
    readyMs: 95_000,
    restarts: [{ at: 11_000, because: { kind: 'exit', exit: crash } }],
  });
});

test('a restart for ill health has that for its cause, not the signal that ended it', () => {
  const failure = { reason: 'unhealthy', failures: 3, seen: { kind: 'no-answer', address: '127.0.0.1:1' } } as const;
  const ill: RuntimeNews = { kind: 'unhealthy', failures: 3, failure };
  const events = told(
    [0, STARTING],
    [0, ready(0)],
    [20, ill],
    [20, STOPPING],
    [21, STOPPED],
    [21, RESTARTING],
    [22, STARTING],
  );
  expect(lifeOfService(events, PERIOD)).toMatchObject({
    wantedMs: 100_000,
    readyMs: 20_000,
    restarts: [{ at: 21_000, because: { kind: 'failure', failure } }],
  });
});

test('one that is ill and stopped by its user is not wanted any more', () => {
  const failure = { reason: 'not-listening', port: 1, lastLines: [], remedy: null } as const;
  const events = told(
    [0, STARTING],
    [0, ready(0)],
    [20, { kind: 'unhealthy', failures: 3, failure }],
    [30, STOPPING],
    [31, STOPPED],
  );
  expect(lifeOfService(events, PERIOD)).toMatchObject({ wantedMs: 31_000, readyMs: 20_000 });
});

test('what was given up counts no longer', () => {
  const failed: RuntimeNews = { kind: 'failed', failure: { reason: 'cancelled' } };
  const events = told([0, STARTING], [0, ready(0)], [20, exited({ code: 1, signal: null })], [25, failed]);
  expect(lifeOfService(events, PERIOD)).toMatchObject({ wantedMs: 20_000, readyMs: 20_000 });
});

test('an end that no supervisor saw was when the service was last seen, as is the end of what just breaks off', () => {
  const period = { ...PERIOD, seenUntil: 40_000 };
  const events = told([0, STARTING], [0, ready(0)], [90, exited(UNSEEN)]);
  expect(lifeOfService(events, period)).toMatchObject({ wantedMs: 40_000, readyMs: 40_000 });
  expect(lifeOfService(events.slice(0, 2), period)).toMatchObject({ wantedMs: 40_000, readyMs: 40_000 });
});

test('only what lies within the period counts', () => {
  const events = told([0, STARTING], [1, ready(1000)], [30, RESTARTING], [70, STOPPING], [70, STOPPED]);
  expect(lifeOfService(events, { from: 50_000, until: 100_000, seenUntil: 100_000 })).toEqual({
    wantedMs: 20_000,
    readyMs: 20_000,
    restarts: [],
    startups: [],
  });
});
