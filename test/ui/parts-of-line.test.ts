import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partsOfLine } from '../../src/ui/logs/parts-of-line.ts';

test('a line is cut where a style or what was searched for begins or ends', () => {
  expect(partsOfLine('GET /users 500', [[0, 10, 'bold']], 'USERS 5')).toEqual([
    { text: 'GET /', names: 'bold', isHit: false },
    { text: 'users', names: 'bold', isHit: true },
    { text: ' 5', names: '', isHit: true },
    { text: '00', names: '', isHit: false },
  ]);
  expect(partsOfLine('', [], 'x')).toEqual([]);
});

test('nothing of a line is lost, and a style beyond its end, which was cut, is none', () => {
  const run = fc.tuple(fc.nat(40), fc.nat(40)).map(([from, length]) => [from, from + length, 'red'] as const);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(run), fc.string(), (text, styles, wanted) => {
      const parts = partsOfLine(text, styles, wanted);
      expect(parts.map((part) => part.text).join('')).toBe(text);
    }),
  );
});
