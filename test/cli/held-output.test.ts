import { expect, test } from 'vitest';
import { HeldOutput } from '../../src/cli/attached/held-output.ts';

test('what is printed while something else has the terminal comes after it, in order, a flood by its end alone', () => {
  const output = new HeldOutput();
  const printed: string[] = [];
  const print = (text: string): void => output.print('line', () => void printed.push(text));
  const tellSkipped = (count: number): void => void printed.push(`${count} skipped`);

  print('before');
  output.hold();
  print('one');
  print('two');
  expect(printed).toEqual(['before']);
  output.release(tellSkipped);
  print('after');
  expect(printed).toEqual(['before', 'one', 'two', 'after']);

  output.hold();
  output.print('event', () => void printed.push('it crashed'));
  for (let line = 1; line <= 5000; line++) print(`${line}`);
  printed.length = 0;
  output.release(tellSkipped);
  const [first = '', event, ...rest] = printed;
  expect(event, 'only the log has what it told').toBe('it crashed');
  expect(first).toBe(`${5000 - rest.length} skipped`);
  expect(rest.length).toBeGreaterThanOrEqual(500);
  expect(rest.length).toBeLessThanOrEqual(1000);
  expect(rest.at(-1)).toBe('5000');
});
