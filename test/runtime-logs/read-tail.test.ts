import { appendFileSync, closeSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../src/runtime/logs/read-lines.ts';
import { lastLines } from '../../src/runtime/logs/read-tail.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test.each<[string, string, number, readonly string[]]>([
  ['nothing of an empty file', '', 3, []],
  ['everything of a short file', 'a\nb\n', 3, ['a', 'b']],
  ['the last of many', 'a\nb\nc\nd\n', 2, ['c', 'd']],
  ['a last line without its newline', 'a\nb', 1, ['b']],
  ['empty lines too', 'a\n\n\n', 2, ['', '']],
  ['lines of a Windows program', 'a\r\nb\r\n', 2, ['a', 'b']],
  ['no line when none is asked for', 'a\n', 0, []],
  ['one line that is only a newline', '\n', 5, ['']],
])('the tail gives %s', (_, content, count, lines) => {
  const log = join(temporaryFolder(), 'a.log');
  writeFileSync(log, content);
  expect(lastLines(log, count)).toEqual(lines);
});

test('the tail of a file that is not there is empty', () => {
  expect(lastLines(join(temporaryFolder(), 'a.log'), 5)).toEqual([]);
});

test('the tail begins no earlier than the run, and ignores a beginning beyond the end', () => {
  const log = join(temporaryFolder(), 'a.log');
  writeFileSync(log, 'old\nnew 1\nnew 2\n');
  expect(lastLines(log, 9, 4)).toEqual(['new 1', 'new 2']);
  expect(lastLines(log, 9, 16)).toEqual([]);
  expect(lastLines(log, 9, 400)).toEqual(['old', 'new 1', 'new 2']);
});

test('the tail is what the last lines of the whole text are, wherever the blocks end', () => {
  const log = join(temporaryFolder(), 'a.log');
  const line = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n\ufeff]/g, '')),
    fc.integer({ min: 65_500, max: 65_600 }).map((length) => 'é'.repeat(length / 2)),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), fc.nat(10), fc.boolean(), (lines, count, isEnded) => {
      const text = lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : '');
      writeFileSync(log, text);
      const whole = text.split('\n');
      if (whole.at(-1) === '') whole.pop();
      expect(lastLines(log, count)).toEqual(count === 0 ? [] : whole.slice(-count));
      expect([...readLines(log, 0)].map((each) => each.text)).toEqual(whole);
    }),
    { numRuns: 200 },
  );
});

test('each line knows the byte at which it begins', () => {
  const log = join(temporaryFolder(), 'a.log');
  writeFileSync(log, 'é\r\n\nb');
  expect([...readLines(log, 0)]).toEqual([
    { text: 'é', start: 0 },
    { text: '', start: 4 },
    { text: 'b', start: 5 },
  ]);
  expect([...readLines(log, 4, 5)]).toEqual([{ text: '', start: 4 }]);
});

test.skipIf(process.platform !== 'linux')('of a gigabyte only its end is read (needs /proc)', () => {
  const log = join(temporaryFolder(), 'a.log');
  const descriptor = openSync(log, 'w');
  ftruncateSync(descriptor, 1_000_000_000);
  writeSync(descriptor, '\n', 1_000_000_000);
  closeSync(descriptor);
  for (let line = 1; line <= 300; line++) appendFileSync(log, `line ${line}\n`);
  const before = bytesRead();
  const lines = lastLines(log, 200);
  expect(bytesRead() - before).toBeLessThan(1_000_000);
  expect(lines).toHaveLength(200);
  expect(lines[0]).toBe('line 101');
});

test('a tail of very long lines has fewer of them, none of them torn', () => {
  const log = join(temporaryFolder(), 'a.log');
  const line = 'x'.repeat(5_000_000);
  for (let index = 0; index < 5; index++) appendFileSync(log, `${index}${line}\n`);
  expect(
    lastLines(log, 20)
      .filter((each) => /^\d/.test(each))
      .map((each) => each[0]),
  ).toEqual(['2', '3', '4']);
  expect(lastLines(log, 20)[0]).toMatch(/^2/);
});

test('a line without end does not fill the memory', () => {
  const log = join(temporaryFolder(), 'a.log');
  const descriptor = openSync(log, 'w');
  ftruncateSync(descriptor, 2_000_000_000);
  closeSync(descriptor);
  const before = process.memoryUsage().rss;
  const lines = lastLines(log, 3);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(512 * 1024);
});

test('a long line is cut between characters, and nothing of it is lost', () => {
  const log = join(temporaryFolder(), 'a.log');
  const text = `a${'€'.repeat(300_000)}`;
  writeFileSync(log, `${text}\n`);
  const pieces = [...readLines(log, 0)].map((line) => line.text);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toBe(text);
});

/** By this process so far, from files and whatever else. */
function bytesRead(): number {
  return Number(/^rchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}
