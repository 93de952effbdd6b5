import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { searchOutput } from '../../src/runtime/logs/search-output.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test('a line of this run is found, coloured or unfinished, and one of an earlier run is not', () => {
  const log = join(temporaryFolder(), 'a.log');
  writeFileSync(log, 'ready in 5 ms\n');
  const search = searchOutput(log, 14, '^ready in \\d+');
  expect(search()).toBe(false);
  appendFileSync(log, 'not ready in 7 ms\nrea');
  expect(search()).toBe(false);
  appendFileSync(log, '\u001b[32mdy\u001b[0m in 9');
  expect(search()).toBe(true);
});

test('what was found once stays found after a rotation, and what was not is sought in the new file', () => {
  const log = join(temporaryFolder(), 'a.log');
  writeFileSync(log, 'booting\nstarted\n');
  const [started, ready] = [searchOutput(log, 0, 'started'), searchOutput(log, 0, 'ready')];
  expect([started(), ready()]).toEqual([true, false]);
  truncateSync(log);
  appendFileSync(log, 'ready\n');
  expect([started(), ready()]).toEqual([true, true]);
});

test('a log that is not there yet holds nothing', () => {
  const log = join(temporaryFolder(), 'a.log');
  const search = searchOutput(log, 0, 'x');
  expect(search()).toBe(false);
  writeFileSync(log, 'x');
  expect(search()).toBe(true);
});
