import { describe, expect, test } from 'vitest';
import { type FoldableLog, type LogRowContent, rowsBefore, rowsFrom } from '../../src/ui/logs/folded-rows.ts';

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
  const rows = rowsBefore(logOf(texts), texts.length, 30);
  expect(rows).toHaveLength(30);
  expect(drawn(rows).slice(-4)).toEqual(['686', '687', '688+11', '699']);
  expect(drawn(rowsBefore(logOf(NODE), NODE.length, 30))).toEqual(['0', '1', '2+11', '13']);
});

test('of a long trace each line is in one fold, wherever the view begins', () => {
  const texts = ['RangeError', ...Array.from({ length: 1000 }, (_, index) => `    at f (a.js:${index})`), 'after'];
  const log = logOf(texts);
  expect(drawn(rowsFrom(log, 0, 9))).toEqual(['0', '1', '2+999', '1001']);
  for (let from = 2; from <= 1000; from += 37) expect(drawn(rowsFrom(log, from, 9))).toEqual(['2+999', '1001']);
  for (let until = 3; until <= 1001; until += 37) expect(drawn(rowsBefore(log, until, 9))).toEqual(['0', '1', '2+999']);
});

test.each([
  ['Ruby', ["app.rb:3:in 'go': no (RuntimeError)", ...repeated("\tfrom app.rb:1:in 'run'")], ['0', '1', '2+5']],
  ['Go', ['goroutine 1 [running]:', ...repeated('main.f(0x1)', '\t/src/a.go:3 +0x1d')], ['0', '1', '2+11']],
  ['PHP', ['Stack trace:', ...repeated('#1 /srv/a.php(3): f()')], ['0', '1', '2+5']],
  ['.NET', ['Unhandled exception.', ...repeated('   at A.B() in /src/a.cs:line 3')], ['0', '1', '2+5']],
  [
    'Rust',
    ['stack backtrace:', ...repeated('   1: core::panicking::panic', '      at /src/a.rs:3:4')],
    ['0', '1', '2+11'],
  ],
])('frames of %s are folded', (_, texts, rows) => {
  expect(drawn(rowsFrom(logOf(texts), 0, 9))).toEqual(rows);
});

test.each([
  ['SQL', ['select *', '    from users u', '    where id = 1', '    and a', '    and b']],
  ['lists', ['# news', ...repeated('#1 fixed it'), ...repeated('   1: done')]],
  ['prose', ['the plan', ...repeated('    at night we rest')]],
])('%s is no stack trace', (_, texts) => {
  expect(rowsFrom(logOf(texts), 0, 99).filter(({ folded }) => folded > 0)).toEqual([]);
});

/** Six times. */
function repeated(...texts: readonly string[]): readonly string[] {
  return Array.from({ length: 6 }, () => texts).flat();
}
