import { appendFileSync, copyFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LineIndex } from '../../src/runtime/logs/line-index.ts';
import type { LogSource } from '../../src/runtime/logs/log-segments.ts';
import { appendTimeIndex } from '../../src/runtime/logs/time-index.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test('the lines of several logs have numbers in the order in which they were written', async () => {
  const { index, write } = logs('web', 'api');
  write('web', 'one\ntwo\n', 1000);
  write('api', 'three\n', 2000);
  write('web', 'four\nunfinished', 3000);
  await index.refresh();
  expect(index.total).toBe(4);
  expect(textsOf(index, 0, 10)).toEqual(['0 web one', '1 web two', '2 api three', '3 web four']);
  expect(textsOf(index, 1, 2)).toEqual(['1 web two', '2 api three']);

  write('web', ' no more\n', 4000);
  await index.refresh();
  expect(textsOf(index, 3, 10)).toEqual(['3 web four', '4 web unfinished no more']);
  expect(index.generation).toBe(0);
});

test('what rests without a newline is shown behind the lines, until it is one', async () => {
  const { index, write, path } = logs('web', 'api');
  write('web', 'one\nPassword: ', 1000);
  write('api', 'two\n', 2000);
  await index.refresh();
  const { mtimeMs } = statSync(path('web'));
  expect(index.unfinished(mtimeMs + 100), 'it may go on at once').toEqual([]);
  expect(index.unfinished(mtimeMs + 300)).toMatchObject([{ number: 2, service: 'web', text: 'Password: ' }]);
  write('web', 'x\n', 3000);
  await index.refresh();
  expect(index.unfinished(Number.POSITIVE_INFINITY)).toEqual([]);
});

test('any of a million lines is found, each once', async () => {
  const { index, write } = logs('web');
  const all = Array.from({ length: 1_000_000 }, (_, number) => `line ${number}`);
  write('web', `${all.join('\n')}\n`, 1000);
  await index.refresh();
  expect(index.total).toBe(1_000_000);
  for (const number of [0, 1, 499, 500, 123_456, 999_999]) {
    expect(textsOf(index, number, 1)).toEqual([`${number} web line ${number}`]);
  }
  const lines = [...index.blocksFrom(0, 'next')].flatMap((block) => index.readBlock(block));
  expect(lines.every(({ number, text }) => text === `line ${number}`)).toBe(true);
  expect(lines).toHaveLength(1_000_000);
});

test('a log that was rotated or emptied is read anew, with what was put aside before it', async () => {
  const { index, write, path } = logs('web');
  write('web', 'old\nlast words', 1000);
  await index.refresh();
  copyFileSync(path('web'), `${path('web')}.1`);
  truncateSync(path('web'), 0);
  write('web', 'new\n', 2000);
  await index.refresh();
  expect(index.generation).toBe(1);
  expect(textsOf(index, 0, 10)).toEqual(['0 web old', '1 web last words', '2 web new']);

  truncateSync(path('web'), 0);
  await index.refresh();
  expect(textsOf(index, 0, 10)).toEqual(['0 web old', '1 web last words']);
});

test('a line without end fills no memory', async () => {
  const { index, write } = logs('web');
  write('web', `${'x'.repeat(3_000_000)}\nafter\n`, 1000);
  await index.refresh();
  expect(index.read(0, 1)[0]?.text.length).toBeLessThanOrEqual(1024 * 1024);
  expect(textsOf(index, 1, 1)).toEqual(['1 web after']);
});

function textsOf(index: LineIndex, first: number, count: number): readonly string[] {
  return index.read(first, count).map(({ number, service, text }) => `${number} ${service} ${text}`);
}

function logs(...services: readonly string[]) {
  const folder = temporaryFolder();
  const path = (service: string) => join(folder, `${service}.log`);
  const sizes = new Map<string, number>();
  for (const service of services) writeFileSync(path(service), '');
  const write = (service: string, text: string, at: number): void => {
    appendFileSync(path(service), text);
    sizes.set(service, (sizes.get(service) ?? 0) + text.length);
    appendTimeIndex(`${path(service)}.times`, { size: sizes.get(service) ?? 0, at });
  };
  const sources = services.map((service): LogSource => {
    return { service, log: path(service), timeIndex: `${path(service)}.times`, times: 'noted' };
  });
  return { index: new LineIndex(sources), write, path };
}
