import { expect, test } from 'vitest';
import { sparkline } from '../../src/cli/screen/sparkline.ts';

test.each([
  [[], ''],
  [[5], ''],
  [[1, 2, 3, 4, 5, 6, 7, 8], '▁▂▃▄▅▆▇█'],
  [[100, 101, 100], '▁▁▁'],
  [[0, 0], '▁▁'],
])('%j is drawn as `%s`', (values, drawn) => {
  expect(sparkline(values)).toBe(drawn);
});

test('many values take thirty columns, and no peak is lost', () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index === 513 ? 9 : 1));
  const drawn = sparkline(values);
  expect(drawn).toHaveLength(30);
  expect(drawn.match(/█/g)).toHaveLength(1);
});
