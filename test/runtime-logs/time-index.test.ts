import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendTimeIndex, readTimeIndex } from '../../src/runtime/logs/time-index.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const T = Date.UTC(2026, 10, 21);

test('tells by when each byte was written, and from which byte on everything is as new as a time', () => {
  const path = join(temporaryFolder(), 'a.times');
  appendTimeIndex(path, { size: 100, at: T });
  appendTimeIndex(path, { size: 250, at: T + 1000 });
  appendTimeIndex(path, { size: 300, at: T + 5000 });
  const index = readTimeIndex(path);
  expect([0, 99, 100, 249, 250, 299, 300].map((offset) => index.timeOf(offset))).toEqual([
    T,
    T,
    T + 1000,
    T + 1000,
    T + 5000,
    T + 5000,
    undefined,
  ]);
  expect([T - 1, T, T + 1, T + 1000, T + 1001, T + 9000].map((time) => index.offsetAt(time))).toEqual([
    0, 0, 100, 100, 250, 300,
  ]);
});

test('adds nothing while the log does not grow', () => {
  const path = join(temporaryFolder(), 'a.times');
  for (let note = 0; note < 5; note++) appendTimeIndex(path, { size: 10, at: T + note });
  expect(statSync(path).size).toBe(12);
  expect(readTimeIndex(path).timeOf(0)).toBe(T);
  appendTimeIndex(path, { size: 0, at: T });
  expect(statSync(path).size).toBe(0);
});

test('begins anew when the log shrank', () => {
  const path = join(temporaryFolder(), 'a.times');
  appendTimeIndex(path, { size: 5000, at: T });
  appendTimeIndex(path, { size: 10, at: T + 1000 });
  expect(readTimeIndex(path).timeOf(0)).toBe(T + 1000);
  expect(readTimeIndex(path).timeOf(10)).toBeUndefined();
});

test('survives being cut off or broken', () => {
  const path = join(temporaryFolder(), 'a.times');
  appendTimeIndex(path, { size: 10, at: T });
  appendFileSync(path, 'xyz');
  expect(readTimeIndex(path).timeOf(5)).toBe(T);
  appendTimeIndex(path, { size: 20, at: T + 1 });
  expect(readTimeIndex(path).timeOf(5)).toBe(T + 1);
  writeFileSync(path, 'rubbish');
  expect(readTimeIndex(path).timeOf(5)).toBeUndefined();
  expect(readTimeIndex(join(path, '..', 'none')).offsetAt(T)).toBe(0);
});

test('agrees with a plain search, whatever was noted', () => {
  const path = join(temporaryFolder(), 'a.times');
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(50)), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(steps, fc.nat(1600), fc.nat(1600), (growth, offset, delay) => {
      writeFileSync(path, '');
      const moments = growth.map((_, index) => ({
        size: growth.slice(0, index + 1).reduce((sum, [bytes]) => sum + bytes, 0),
        at: T + growth.slice(0, index + 1).reduce((sum, [, ms]) => sum + ms, 0),
      }));
      for (const moment of moments) appendTimeIndex(path, moment);
      const index = readTimeIndex(path);
      expect(index.timeOf(offset)).toBe(moments.find(({ size }) => size > offset)?.at);
      expect(index.offsetAt(T + delay)).toBe(moments.findLast(({ at }) => at < T + delay)?.size ?? 0);
    }),
    { numRuns: 100 },
  );
});
