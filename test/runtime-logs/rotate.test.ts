import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { rotateIfLarge } from '../../src/runtime/logs/rotate.ts';
import { readTimeIndex } from '../../src/runtime/logs/time-index.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';
import { rotate, source, writeAt } from './log-files.ts';

test('a log that is small, or not there, stays as it is', () => {
  const { log, timeIndex } = source(temporaryFolder(), 'web');
  expect(rotateIfLarge(log, { maxBytes: 10, keepFiles: 2, timeIndex })).toBe('small');
  writeFileSync(log, '0123456789');
  expect(rotateIfLarge(log, { maxBytes: 10, keepFiles: 2, timeIndex })).toBe('small');
  expect(readdirSync(join(log, '..'))).toEqual(['web.log']);
});

test('as many files are kept as wanted, the newest with the lowest number, for this user alone', () => {
  const folder = temporaryFolder();
  const { log, timeIndex } = source(folder, 'web');
  for (const content of ['first\n', 'second\n', 'third\n', 'fourth\n']) {
    appendFileSync(log, content);
    expect(rotate({ service: 'web', log, timeIndex, times: 'noted' }, 2)).toBe('rotated');
  }
  expect(readdirSync(folder).sort()).toEqual(['web.log', 'web.log.1', 'web.log.2']);
  expect(readFileSync(log, 'utf8')).toBe('');
  expect(readFileSync(`${log}.1`, 'utf8')).toBe('fourth\n');
  expect(readFileSync(`${log}.2`, 'utf8')).toBe('third\n');
  expect(statSync(`${log}.1`).mode & 0o777).toBe(0o600);
});

test('a writer that has the file open goes on at its beginning', () => {
  const { log, timeIndex } = source(temporaryFolder(), 'web');
  const writer = openSync(log, 'a');
  writeSync(writer, 'before\n');
  rotate({ service: 'web', log, timeIndex, times: 'noted' }, 1);
  writeSync(writer, 'after\n');
  closeSync(writer);
  expect(readFileSync(log, 'utf8')).toBe('after\n');
  expect(readFileSync(`${log}.1`, 'utf8')).toBe('before\n');
});

test('nothing is kept when nothing is to be kept', () => {
  const folder = temporaryFolder();
  const web = source(folder, 'web');
  writeAt(web, 1000, 'before\n');
  expect(rotate(web, 0)).toBe('emptied');
  expect(readdirSync(folder)).toEqual(['web.log']);
});

test('the times move along, and none is taken for that of another file', () => {
  const folder = temporaryFolder();
  const web = source(folder, 'web');
  writeAt(web, 1000, 'noted\n');
  rotate(web, 3);
  appendFileSync(web.log, 'not noted\n');
  rotate(web, 3);
  writeAt(web, 3000, 'noted again\n');
  expect(readTimeIndex(web.timeIndex).timeOf(0)).toBe(3000);
  expect(existsSync(`${web.timeIndex}.1`)).toBe(false);
  expect(readTimeIndex(`${web.timeIndex}.2`).timeOf(0)).toBe(1000);
});

test('of a log that was not rotated for long only the end is kept, in whole lines', () => {
  const { log, timeIndex } = source(temporaryFolder(), 'web');
  const lines = Array.from({ length: 10_000 }, (_, line) => `line ${line}\n`);
  writeFileSync(log, lines.join(''));
  rotateIfLarge(log, { maxBytes: 1000, keepFiles: 1, timeIndex });
  const kept = readFileSync(`${log}.1`, 'utf8');
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect(kept.length).toBeGreaterThan(900);
  expect(kept).toBe(lines.join('').slice(-kept.length));
  expect(kept.startsWith('line ')).toBe(true);
});

test('a log that is written all the time loses no line, but for what falls into a cut', async () => {
  const { log, timeIndex } = source(temporaryFolder(), 'web');
  const writer = startWriter(log, 20_000);
  let rotations = 0;
  while (writer.exitCode === null) {
    if (rotateIfLarge(log, { maxBytes: 20_000, keepFiles: 1000, timeIndex }) === 'rotated') rotations++;
    await setImmediate();
  }
  const files = [...Array.from({ length: rotations }, (_, index) => `${log}.${rotations - index}`), log];
  const numbers = files.flatMap((file) => readFileSync(file, 'utf8').split('\n')).filter((line) => line !== '');
  expect(rotations).toBeGreaterThan(2);
  expect(numbers.join('')).not.toContain('\0');
  // A cut takes microseconds, but on a busy machine this process may wait right before it, for a burst or two.
  expect(numbers.length).toBeGreaterThanOrEqual(20_000 - 40 * rotations);
});

/** Appends that many numbered lines, a few thousand in a second, and ends. */
function startWriter(log: string, lines: number): ChildProcess {
  const code = `
    const fs = require('node:fs'); const fd = fs.openSync(process.argv[1], 'a'); let line = 0;
    const timer = setInterval(() => {
      for (let each = 0; each < 20; each++) fs.writeSync(fd, 'line ' + line++ + '\\n');
      if (line >= Number(process.argv[2])) { clearInterval(timer); }
    }, 1);`;
  const child = spawn(process.execPath, ['-e', code, log, String(lines)], { stdio: 'inherit' });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  return child;
}
