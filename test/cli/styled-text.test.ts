import { expect, test } from 'vitest';
import { styledText } from '../../src/cli/ui/styled-text.ts';

const ESC = '\u001b[';

test.each([
  ['plain', 'plain', []],
  [`${ESC}32mINFO${ESC}0m: ok`, 'INFO: ok', [[0, 4, 'green']]],
  [
    `a${ESC}1;31mb${ESC}22mc${ESC}39md`,
    'abcd',
    [
      [1, 2, 'bold red'],
      [2, 3, 'red'],
    ],
  ],
  [
    `${ESC}91mx${ESC}44my`,
    'xy',
    [
      [0, 1, 'red'],
      [1, 2, 'red on-blue'],
    ],
  ],
  [
    `${ESC}38;5;208mx${ESC}0;4my`,
    'xy',
    [
      [0, 1, 'yellow'],
      [1, 2, 'underline'],
    ],
  ],
  [`${ESC}38;2;10;20;250mx`, 'x', [[0, 1, 'blue']]],
  [`${ESC}48;5;244mx${ESC}mz`, 'xz', [[0, 1, 'on-white']]],
  [`${ESC}2Jx\u001b]0;title\u0007y`, 'xy', []],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>', []],
])('%j is text with its styles beside it', (line, text, styles) => {
  expect(styledText(line)).toEqual({ text, styles });
});
