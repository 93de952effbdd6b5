import { expect, test } from 'vitest';
import { parseTime } from '../../src/base/parse-time.ts';

test.each([
  ['2026-11-29', new Date(2026, 10, 29)],
  ['2026-11-29T09:30', new Date(2026, 10, 29, 9, 30)],
  ['2026-11-29 09:30:15', new Date(2026, 10, 29, 9, 30, 15)],
  ['2026-11-29T09:30:15.250', new Date(2026, 10, 29, 9, 30, 15, 250)],
  ['2024-02-29', new Date(2024, 1, 29)],
  ['2026-11-29T09:30Z', new Date('2026-11-29T09:30:00Z')],
  ['2026-11-29T09:30:15.250z', new Date('2026-11-29T09:30:15.250Z')],
  ['2026-11-29T09:30+05:30', new Date('2026-11-29T04:00:00Z')],
  ['2026-11-29 09:30:00 -0100', new Date('2026-11-29T10:30:00Z')],
])('%s is a time; without an offset, a local one', (text, time) => {
  expect(parseTime(text)).toBe(time.getTime());
});

test.each([
  '2026-02-30',
  '2026-13-01',
  '2026-00-10',
  '2025-02-29',
  '2026-11-29T24:00',
  '2026-11-29T09:60',
  '2026-11-29T09',
])('%s does not exist', (text) => {
  expect(parseTime(text)).toBeUndefined();
});

test.each(['', 'yesterday', '2026', '2026-11', '29-11-2026', '2026-11-29 nonsense', '10m'])('%j is no time', (text) => {
  expect(parseTime(text)).toBeUndefined();
});
