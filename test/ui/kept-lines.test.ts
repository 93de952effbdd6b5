import { expect, test } from 'vitest';
import { KeptLines, type PageDocument } from '../../src/ui/logs/kept-lines.ts';

test('what came between the older lines and the last ones is known to be missing', () => {
  const kept = new KeptLines();
  kept.take(page([250, 450]));
  kept.take(page([590, 790]));
  expect([400, 599].map((number) => kept.at(number)?.text)).toEqual(['line 400', 'line 599']);
  expect(kept.hasAll(400, 600)).toBe(false);
  kept.take({ ...page([400, 600]), settled: 790, total: 790 });
  expect(kept.hasAll(400, 600)).toBe(true);
});

test('an unfinished line gives way to what became of it, also when its answer comes late', () => {
  const kept = new KeptLines();
  const asking = page([0, 3], { settled: 2, texts: 'go on? ' });
  kept.take(asking);
  expect([kept.total, kept.at(2)?.text]).toEqual([3, 'go on? 2']);
  kept.take({ ...page([4, 5]), settled: 5 });
  expect(kept.at(2)).toBeUndefined();
  kept.take(page([0, 5]));
  kept.take(asking);
  expect([kept.total, kept.at(1)?.text, kept.at(2)?.text]).toEqual([5, 'go on? 1', 'line 2']);
});

test('a log that was begun anew has none of the lines that it had', () => {
  const kept = new KeptLines();
  kept.take(page([0, 9]));
  kept.take({ ...page([0, 2]), generation: 1 });
  expect([kept.total, kept.at(1)?.text, kept.at(2)]).toEqual([2, 'line 1', undefined]);
});

function page([from, end]: readonly [number, number], { settled = end, texts = 'line ' } = {}): PageDocument {
  const numbers = Array.from({ length: end - from }, (_, index) => from + index);
  const lines = numbers.map((number) => ({ number, service: 'web', at: 0, text: `${texts}${number}` }));
  return { generation: 0, total: end, settled, lines };
}
