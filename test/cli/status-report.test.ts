import { expect, it } from 'vitest';
import { paintPlain } from '../../src/cli/screen/paint.ts';
import { describeSystem, formatBytes } from '../../src/cli/sentences/describe-resources.ts';
import { statusDetails } from '../../src/cli/sentences/status-details.ts';
import { statusTable } from '../../src/cli/sentences/status-table.ts';
import { type Measurements, usagesBetween } from '../../src/cli/status/measure-services.ts';
import { NOW, viewOf, WORDS } from './fixtures.ts';

const MB = 1024 ** 2;

function measured(atMs: number, processes: Readonly<Record<number, number>>): Measurements {
  const usages = Object.entries(processes).map(([pid, cpuMs]) => [Number(pid), { cpuMs, residentBytes: MB }] as const);
  return { atMs, services: new Map([['backend', new Map(usages)]]), machine: { busyMs: 0, totalMs: 0 } };
}

it('usage is what all processes of a service took in between, those born and gone included', () => {
  const first = measured(1000, { 1: 5000, 2: 100 });
  expect(usagesBetween(first, measured(2000, { 1: 5250, 3: 50 })).get('backend')).toEqual({
    processes: 2,
    cpuPercent: 30,
    residentBytes: 2 * MB,
  });
  expect(usagesBetween(first, measured(1500, { 1: 6000 })).get('backend')?.cpuPercent).toBe(200);
  // A pid that was given to another process meanwhile does not count backwards.
  expect(usagesBetween(first, measured(2000, { 1: 10 })).get('backend')?.cpuPercent).toBe(0);
  expect(usagesBetween(first, { ...first, services: new Map() }).size).toBe(0);
});

it.each([
  [0, '0 KB'],
  [300 * 1024, '300 KB'],
  [1000 * 1024, '1.0 MB'],
  [1.44 * MB, '1.4 MB'],
  [512 * MB, '512 MB'],
  [7.6 * 1024 * MB, '7.6 GB'],
  [2000 * 1024 * MB, '2.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

const STYLE = {
  paint: paintPlain,
  words: WORDS,
  now: NOW,
  usages: new Map([['backend', { processes: 3, cpuPercent: 12, residentBytes: 84 * MB }]]),
};

it('the table gets columns for what each service takes', () => {
  expect(statusTable([viewOf(), viewOf({ pid: null, state: 'down' }, { service: 'page' })], STYLE).join('\n')).toBe(
    'SERVICE  STATE  ADDRESS                PID   UP      HEALTH                    CPU  MEMORY\n' +
      'backend  ready  http://localhost:5000  4321  3m 20s  12 ms excellent, 5 s ago  12%  84 MB\n' +
      'page     down   -                      -     -       -                         -    -\n' +
      '  ended',
  );
});

it('the details get them too, and the last lines of the log', () => {
  const lastLines = new Map([['backend', ['listening', '', 'GET /']]]);
  const lines = statusDetails([viewOf()], { ...STYLE, lastLines });
  expect(lines).toEqual(expect.arrayContaining(['  processor    12%', '  memory       84 MB in 3 processes']));
  expect(lines.slice(-3)).toEqual(['  | listening', '  |', '  | GET /']);
});

it('the machine is described in five lines', () => {
  const space = { totalBytes: 8 * 1024 * MB, availableBytes: 512 * MB };
  const system = {
    memory: space,
    disk: null,
    processors: 2,
    load: [0.5, 1, 1.25],
    uptimeMs: 3 * 3_600_000,
    cpuPercent: 12,
  };
  expect(describeSystem(system, paintPlain)).toEqual([
    'this machine',
    '  memory  512 MB of 8.0 GB available',
    '  disk    unknown',
    '  load    0.5 1 1.25 (2 processors)',
    '  cpu     12%',
    '  up      3h 0m',
  ]);
});
