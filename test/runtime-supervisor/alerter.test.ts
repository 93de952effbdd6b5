import { expect, test } from 'vitest';
import { redactor } from '../../src/base/redact-secrets.ts';
import type { RuntimeNews } from '../../src/runtime/state/runtime-event.ts';
import type { Alert } from '../../src/runtime/supervisor/alerts/alert.ts';
import { AlertGate } from '../../src/runtime/supervisor/alerts/alert-gate.ts';
import { Alerter, type News } from '../../src/runtime/supervisor/alerts/alerter.ts';
import { GradeWatch } from '../../src/runtime/supervisor/alerts/grade-watch.ts';
import { MachineWatch } from '../../src/runtime/supervisor/alerts/machine-watch.ts';
import { presentable } from '../../src/runtime/supervisor/presentable.ts';

const CRASH: RuntimeNews = { kind: 'exited', pid: 7, exit: { code: 1, signal: null }, expected: false };
const RESTART: RuntimeNews = { kind: 'backing-off', delayMs: 0, attempt: 1, maxRestarts: 5 };
const READY: RuntimeNews = { kind: 'ready', pid: 8, url: null, startupMs: 20 };
const STOPPING: RuntimeNews = { kind: 'stopping', pid: 7, signal: 'SIGTERM', graceMs: 1000 };
const STOPPED: RuntimeNews = { kind: 'stopped', pid: 7, tookMs: 5 };
const STARTING: RuntimeNews = { kind: 'starting', pid: 8, command: 'x', port: null, url: null };

test('a crash and what is done about it are one alert, with the last lines; that it is well again is another', () => {
  const { alerts, happen, pass } = open();
  happen(CRASH, RESTART);
  expect(alerts).toEqual([]);
  pass(300);
  happen(STARTING, READY);
  expect(alerts).toMatchObject([
    {
      kind: 'trouble',
      project: 'shop',
      service: 'api',
      reason: 'crashed: pid 7 ended with exit code 1',
      done: 'restarting at once (restart 1 of at most 5)',
      url: 'http://localhost:1',
      lastLines: ['boom'],
      event: { kind: 'exited' },
    },
    { kind: 'recovered', reason: 'it is ready again after 300 ms', since: new Date(0).toISOString() },
  ]);
});

test('a service that is ready sooner than its alert is sent was in trouble all the same', () => {
  const { alerts, happen } = open();
  happen(CRASH, RESTART, READY);
  expect(alerts.map(({ kind }) => kind)).toEqual(['trouble', 'recovered']);
});

test('a crash loop is one alert, then silence, then that it was given up and how much was held back', () => {
  const { alerts, happen, pass } = open();
  for (let crash = 0; crash < 5; crash++) {
    happen(CRASH, RESTART);
    pass(1000);
  }
  const failure = {
    reason: 'crash-loop',
    crashes: 6,
    windowMs: 60_000,
    exit: { code: 1, signal: null },
    lastLines: [],
  } as const;
  happen(CRASH, { kind: 'failed', failure });
  pass(1000);
  expect(alerts.map(({ reason, heldBack }) => [reason, heldBack])).toEqual([
    ['crashed: pid 7 ended with exit code 1', 0],
    ['given up: it crashed 6 times within 1m 0s; the last time it ended with exit code 1', 4],
  ]);
  expect(alerts[1]?.done).toBe('it is not started again; `./dev start api` does');
});

test('a line without end is cut in the text as in the lines, and no part of a secret is left of it', () => {
  const { alerts, happen, pass } = open([`${'x'.repeat(1995)}hunter2hunter2${'y'.repeat(300_000)}`]);
  happen(CRASH, RESTART);
  pass(300);
  const [alert] = alerts;
  expect(alert?.text.length).toBeLessThan(3000);
  expect(alert?.text).toContain(alert?.lastLines[0]);
  expect(alert?.text).not.toContain('hunt');
});

test('what a user stops and starts has not recovered; what devgen stops and starts for ill health has', () => {
  const failure = { reason: 'unhealthy', failures: 3, seen: { kind: 'error', message: 'no' } } as const;
  const ill: RuntimeNews = { kind: 'unhealthy', failures: 3, failure };
  const user = open();
  user.happen(ill);
  user.pass(500);
  user.happen(STOPPING, STOPPED, STARTING, READY);
  expect(user.alerts.map(({ kind }) => kind)).toEqual(['trouble']);
  expect(user.alerts[0]?.done).toBe('it is left running, and looked at again');
  const own = open();
  own.happen(ill, STOPPING);
  own.pass(500);
  own.happen(STOPPED, RESTART, STARTING, READY);
  expect(own.alerts.map(({ kind }) => kind)).toEqual(['trouble', 'recovered']);
  expect(own.alerts[0]?.done).toBe('it is stopped, to be started again');
});

test('an end that was expected, a start and a healthy service are no trouble', () => {
  const { alerts, happen, pass } = open();
  happen(STARTING, READY, { kind: 'healthy' }, STOPPING, { ...CRASH, expected: true } as RuntimeNews, STOPPED);
  pass(500);
  expect(alerts).toEqual([]);
});

test('no more than ten alerts a minute are sent in all, and the next one says how many were held back', () => {
  const gate = new AlertGate();
  for (let subject = 0; subject < 10; subject++) expect(gate.admit(`service ${subject}`, 1000, 'usual')).toBe(0);
  expect(gate.admit('another', 2000, 'usual')).toBeUndefined();
  expect(gate.admit('another', 2000, 'repeated')).toBeUndefined();
  expect(gate.admit('another', 2000, 'always')).toBe(1);
  expect(gate.admit('one more', 60_999, 'usual')).toBeUndefined();
  expect(gate.admit('one more', 61_000, 'usual')).toBe(1);
});

test('news that may not be told now is told at the next look, and nothing recovers that was not told', () => {
  const { alerts, happen, pass, alerter } = open();
  const news = { about: 'service', kind: 'trouble', reason: 'answers slowly', since: '' } as const;
  happen(CRASH, RESTART);
  pass(300);
  expect(alerter.tell('api', news)).toBe(false);
  expect(alerter.tell('api', { ...news, about: 'memory' })).toBe(true);
  expect(alerter.tell('api', { ...news, about: 'disk' })).toBe(true);
  pass(30_000);
  expect(alerter.tell('api', news)).toBe(true);
  expect(alerts.map(({ heldBack }) => heldBack)).toEqual([0, 0, 0, 0]);
  expect(alerter.tell('api', { ...news, kind: 'recovered' })).toBe(true);
});

test('slow answers are told after a minute of them, once, and that they are over', () => {
  const { look } = watchGrades();
  expect([
    look(0, 'warning'),
    look(30, 'critical'),
    look(40, 'good'),
    look(50, 'warning'),
    look(109, 'warning'),
  ]).toEqual(Array.from({ length: 5 }));
  expect(look(110, 'warning')?.reason).toBe('answers slowly for 1m 0s: now in 900 ms, which is warning');
  expect(look(200, 'warning')).toBeUndefined();
  expect(look(210, 'good')).toMatchObject({ kind: 'recovered', since: new Date(50_000).toISOString() });
  expect(look(220, 'good')).toBeUndefined();
});

test('slow answers that could not be told are told at the next look; over before that, they never were', () => {
  const { look } = watchGrades({ mayTell: (attempt) => attempt === 2 });
  look(0, 'warning');
  look(30, 'warning');
  expect(look(60, 'warning')).toBeUndefined();
  expect(look(90, 'warning')?.reason).toContain('answers slowly for 1m 30s');
  const never = watchGrades({ mayTell: () => false });
  for (const second of [0, 30, 60]) never.look(second, 'warning');
  never.look(70, 'good');
  expect(never.attempts()).toBe(1);
});

test('neither a clock that was set nor two answers an hour apart make a service slow for long', () => {
  const { look } = watchGrades();
  look(0, 'warning');
  look(1, 'warning', 7200);
  expect(look(2, 'warning', 7201)).toBeUndefined();
  const rare = watchGrades();
  rare.look(0, 'warning');
  expect(rare.look(3600, 'warning')).toBeUndefined();
});

test('a machine short of memory or disk is told once, each by itself, and looked at once a minute', () => {
  const { look } = watchMachine();
  expect(look(0, 4, 50)).toEqual([]);
  expect(look(30, 0.1, 0.1)).toEqual([]);
  expect(look(60, 0.1, 0.1)).toEqual([
    'the machine is short of memory',
    'the machine is short of room on the disk of the project',
  ]);
  expect(look(120, 0.3, 0.7)).toEqual([]);
  expect(look(180, 4, 50)).toHaveLength(2);
});

test('that the machine is short of something is told a minute later when it could not be; then it recovers', () => {
  const { look } = watchMachine((attempt) => attempt === 2);
  expect(look(0, 0.1, 50)).toEqual([]);
  expect(look(60, 0.1, 50)).toEqual(['the machine is short of memory']);
  const never = watchMachine(() => false);
  never.look(0, 0.1, 50);
  never.look(60, 4, 50);
  expect(never.attempts()).toBe(1);
});

type MayTell = (attempt: number) => boolean;

/** Takes what is told, when it may be. */
function taker(mayTell: MayTell) {
  const told: News[] = [];
  let attempts = 0;
  const tell = (news: News): boolean => {
    attempts += 1;
    const isTold = mayTell(attempts);
    if (isTold) told.push(news);
    return isTold;
  };
  return { tell, attempts: () => attempts, take: () => told.splice(0) };
}

function watchGrades({ mayTell = () => true }: { readonly mayTell?: MayTell } = {}) {
  const watch = new GradeWatch();
  const { tell, take, attempts } = taker(mayTell);
  const look = (second: number, grade: 'good' | 'warning' | 'critical', timeOfDay = second): News | undefined => {
    const checkedAt = new Date(timeOfDay * 1000).toISOString();
    const health = { verdict: 'healthy', checkedAt, responseMs: 900, grade, failures: 0 } as const;
    watch.look({ service: 'api', health }, second * 1000, tell);
    return take()[0];
  };
  return { look, attempts };
}

function watchMachine(mayTell: MayTell = () => true) {
  const watch = new MachineWatch();
  const { tell, take, attempts } = taker(mayTell);
  const GB = 1024 ** 3;
  const look = (second: number, memoryGb: number, diskGb: number): readonly string[] => {
    const nowMs = second * 1000;
    const facts = () => ({
      ...{ memory: { totalBytes: 8 * GB, availableBytes: memoryGb * GB }, processors: 1, load: [], uptimeMs: 0 },
      disk: { totalBytes: 100 * GB, availableBytes: diskGb * GB },
    });
    watch.look({ nowMs, at: new Date(nowMs).toISOString(), facts }, tell);
    return take().map(({ reason }) => reason);
  };
  return { look, attempts };
}

function open(lastLines: readonly string[] = ['boom']) {
  let nowMs = 0;
  const alerts: Alert[] = [];
  const timers = new Set<{ readonly atMs: number; readonly action: () => void }>();
  const alerter = new Alerter({
    clock: {
      now: () => nowMs,
      monotonicMs: () => nowMs,
      schedule: (ms, action) => {
        const timer = { atMs: nowMs + ms, action };
        timers.add(timer);
        return { cancel: () => void timers.delete(timer) };
      },
    },
    words: () => ({ program: './dev', home: '' }),
    factsOf: () => ({ project: 'shop', url: 'http://localhost:1', lastLines: () => lastLines }),
    presentable: (facts) => presentable(facts, redactor(['hunter2hunter2'])),
    send: async (_, alert) => void alerts.push(alert),
  });
  const happen = (...news: readonly RuntimeNews[]): void => {
    for (const each of news) alerter.note({ at: new Date(nowMs).toISOString(), service: 'api', ...each });
  };
  const pass = (ms: number): void => {
    nowMs += ms;
    for (const timer of [...timers].filter(({ atMs }) => atMs <= nowMs)) {
      timers.delete(timer);
      timer.action();
    }
  };
  return { alerts, happen, pass, alerter };
}
