import { expect, it } from 'vitest';
import { parseDuration } from '../../src/base/duration.ts';
import { paintPlain } from '../../src/cli/screen/paint.ts';
import { describeSource, describeValue } from '../../src/cli/sentences/setting-table.ts';
import { taskTable } from '../../src/cli/sentences/task-table.ts';
import { serviceSettings } from '../../src/cli/settings/service-settings.ts';
import { writtenDuration, writtenSize } from '../../src/cli/settings/written-value.ts';
import { parseSize } from '../../src/config/parse-size.ts';
import { taskPlan } from '../runtime-tasks/tasks.ts';
import { servicePlan } from './fixtures.ts';

it.each([0, 1, 999, 1000, 1500, 60_000, 90_000, 3_600_000, 5_400_000])(
  '%d ms are written so that the config reads the same',
  (ms) => {
    expect(parseDuration(writtenDuration(ms))).toBe(ms);
  },
);

it.each([1, 1023, 1024, 20 * 1024 ** 2, 3 * 1024 ** 3])(
  '%d bytes are written so that the config reads the same',
  (bytes) => {
    expect(parseSize(writtenSize(bytes))).toBe(bytes);
  },
);

it('durations and sizes take the largest unit that fits', () => {
  expect([writtenDuration(10_000), writtenDuration(120_000), writtenDuration(1500)]).toEqual(['10s', '2m', '1500ms']);
  expect([writtenSize(20 * 1024 ** 2), writtenSize(1000)]).toEqual(['20MB', '1000']);
});

it('values are shown as one would write them', () => {
  expect([null, [], ['a', 'b'], 5, false, ' x\ny '].map(describeValue)).toEqual([
    '-',
    '-',
    '[a, b]',
    '5',
    'false',
    'x\\ny',
  ]);
});

it('sources are shown by their places', () => {
  const position = { line: 3, column: 1, length: 1, excerpt: '' };
  expect([
    describeSource({ kind: 'default' }),
    describeSource({ kind: 'config', place: { file: 'package.json' } }),
    describeSource({ kind: 'config', place: { file: 'c.yaml', position } }),
    describeSource({ kind: 'variable', name: 'BACKEND_PORT of the environment' }),
  ]).toEqual(['default', 'package.json', 'c.yaml:3', 'BACKEND_PORT of the environment']);
});

it('each kind of probe has its own keys', () => {
  const { health } = servicePlan('a');
  const probes = [
    { kind: 'any-answer' },
    { kind: 'process' },
    { kind: 'http', target: '/', expect: [] },
    { kind: 'http', target: '/', expect: [204] },
    { kind: 'tcp' },
    { kind: 'command', command: 'x' },
    { kind: 'log', pattern: 'x' },
  ] as const;
  const keys = probes.map((probe) =>
    serviceSettings(servicePlan('a', { health: { ...health, probe } }), undefined)
      .slice(6)
      .map(({ key }) => key)
      .filter((key) => /^health(\.(http|expect|tcp|command|log))?$/.test(key)),
  );
  expect(keys).toEqual([
    ['health'],
    ['health'],
    ['health.http'],
    ['health.http', 'health.expect'],
    ['health.tcp'],
    ['health.command'],
    ['health.log'],
  ]);
});

it('a task is listed by its purpose, else by its command, with what it needs', () => {
  const tasks = [
    taskPlan('test', { description: 'run the tests', deps: ['build'], needs: ['backend', 'frontend'] }),
    taskPlan('build', { run: 'one\ntwo\n' }),
    taskPlan('all', { run: null, deps: ['test', 'build'] }),
  ];
  expect(taskTable(tasks, paintPlain)).toEqual([
    'test   run the tests  after build; with backend, frontend',
    'build  `one`',
    'all                   after test, build',
  ]);
});
