import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listHeight, rowsSeen, scrollTopOf, scrollTopOfFirst } from '../../src/ui/logs/rows-seen.ts';

const FRAME = { total: 100, rowHeight: 20, viewport: 200 };

test('at the top the first lines are seen, at the end the last one whole', () => {
  expect(listHeight(FRAME)).toBe(2000);
  expect(rowsSeen(FRAME, 0)).toEqual({ first: 0, count: 11, hidden: 0 });
  expect(rowsSeen(FRAME, 30)).toEqual({ first: 1, count: 11, hidden: 10 });
  expect(rowsSeen(FRAME, 1800)).toEqual({ first: 90, count: 10, hidden: 0 });
});

test('fewer lines than fit leave nothing to scroll', () => {
  expect(listHeight({ ...FRAME, total: 3 })).toBe(200);
  expect(rowsSeen({ ...FRAME, total: 3 }, 0)).toEqual({ first: 0, count: 3, hidden: 0 });
  expect(rowsSeen({ ...FRAME, total: 0 }, 0)).toEqual({ first: 0, count: 0, hidden: 0 });
});

test('of any number of lines each can be brought into view, within a height that browsers show', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50_000_000 }),
      fc.integer({ min: 100, max: 3000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (total, viewport, part) => {
        const frame = { total, viewport, rowHeight: 20 };
        const line = Math.min(total - 1, Math.floor(part * total));
        expect(listHeight(frame)).toBeLessThanOrEqual(8_000_000);
        const { first, count } = rowsSeen(frame, scrollTopOf(frame, line));
        expect(line).toBeGreaterThanOrEqual(first);
        expect(line).toBeLessThan(first + count);
        const top = rowsSeen(frame, scrollTopOfFirst(frame, line));
        // Beyond the height that browsers show a pixel is more than a line.
        if (total * 20 <= 8_000_000 && line <= total - viewport / 20) expect(top).toMatchObject({ first: line });
      },
    ),
  );
});
