import { describe, expect, test } from 'vitest';
import { type FoldableLog, type LogRowContent, lastRows, rowsFrom } from '../../src/ui/logs/folded-rows.ts';

const NODE = [
  'TypeError: no',
  ...Array.from({ length: 12 }, (_, index) => `    at f${index} (a.js:${index})`),
  'after',
];
const PYTHON = [
  'Traceback (most recent call last):',
  ...['  File "a.py", line 1, in run', '    go()', '    ~~^^', '  File "b.py", line 2, in go', '    return 1 / 0'],
  'ZeroDivisionError: division by zero',
];

function logOf(texts: readonly string[], rest: Partial<FoldableLog> = {}): FoldableLog {
  const at = (number: number) => {
    const text = texts[number];
    return text === undefined ? undefined : { number, service: 'api', at: 0, text };
  };
  return { total: texts.length, at, isOpen: () => false, ...rest };
}

/** `3+10`: of ten lines from the third on it is said how many they are. */
function drawn(rows: readonly LogRowContent[]): readonly string[] {
  return rows.map(({ first, folded }) => (folded === 0 ? `${first}` : `${first}+${folded}`));
}

describe('a stack trace', () => {
  test('is folded behind its first frame, or in Python before its last one', () => {
    expect(drawn(rowsFrom(logOf(NODE), 0, 10))).toEqual(['0', '1', '2+11', '13']);
    expect(drawn(rowsFrom(logOf(PYTHON), 0, 10))).toEqual(['0', '1+3', '4', '5', '6']);
  });

  test('is folded wherever in it the view begins', () => {
    for (let from = 2; from <= 12; from++) expect(drawn(rowsFrom(logOf(NODE), from, 2))).toEqual(['2+11', '13']);
  });

  test('is whole when it is short, opened, or of lines that have not been fetched', () => {
    const whole = ['0', '1', '2', '3'];
    expect(drawn(rowsFrom(logOf(NODE.slice(0, 4)), 0, 9))).toEqual(whole);
    expect(drawn(rowsFrom(logOf(NODE, { isOpen: (first, until) => first === 1 && until === 13 }), 0, 4))).toEqual(
      whole,
    );
    expect(drawn(rowsFrom(logOf(NODE, { at: () => undefined }), 0, 4))).toEqual(whole);
  });

  test('ends where another service writes, and takes in no indented text before it', () => {
    const texts = ['{', '    "deep": 1', ...NODE];
    expect(drawn(rowsFrom(logOf(texts), 0, 9))).toEqual(['0', '1', '2', '3', '4+11', '15']);
    const { at } = logOf(NODE);
    const both = logOf(NODE, {
      at: (number) => {
        const line = at(number);
        return line && number === 7 ? { ...line, service: 'web' } : line;
      },
    });
    expect(drawn(rowsFrom(both, 0, 9))).toEqual(['0', '1', '2+5', '7', '8', '9+4', '13']);
  });
});

test('at its end a log fills the view, however much of it is folded', () => {
  const texts = Array.from({ length: 50 }, () => NODE).flat();
  const rows = lastRows(logOf(texts), 30);
  expect(rows).toHaveLength(30);
  expect(drawn(rows).slice(-4)).toEqual(['686', '687', '688+11', '699']);
  expect(drawn(lastRows(logOf(NODE), 30))).toEqual(['0', '1', '2+11', '13']);
});
