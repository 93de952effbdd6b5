import { expect, it } from 'vitest';
import { lineUp } from '../../src/cli/screen/columns.ts';
import { paintColoured } from '../../src/cli/screen/paint.ts';
import { textWidth } from '../../src/cli/screen/text-width.ts';
import { isInteractive, wantsColour } from '../../src/cli/screen/wants-colour.ts';

it.each([
  ['terminal', {}, true],
  ['other', {}, false],
  ['terminal', { NO_COLOR: '1' }, false],
  ['terminal', { NO_COLOR: '' }, true],
  ['terminal', { TERM: 'dumb' }, false],
  ['terminal', { CLAUDECODE: '1' }, false],
  ['terminal', { CLAUDECODE: '1', FORCE_COLOR: '1' }, true],
  ['other', { FORCE_COLOR: '1' }, true],
  ['other', { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ['terminal', { FORCE_COLOR: '0' }, false],
  ['terminal', { FORCE_COLOR: 'false' }, false],
  ['other', { FORCE_COLOR: '' }, false],
] as const)('colours on a stream that is a %s with %j: %s', (stream, environment, expected) => {
  expect(wantsColour(stream, environment)).toBe(expected);
});

it.each([
  [['terminal', 'terminal'], {}, true],
  [['terminal', 'other'], {}, false],
  [['terminal', 'terminal'], { CI: 'true' }, false],
  [['terminal', 'terminal'], { CI: '1' }, false],
  [['terminal', 'terminal'], { CI: '' }, true],
  [['terminal', 'terminal'], { CI: 'false' }, true],
  [['terminal', 'terminal'], { TERM: 'dumb' }, false],
  [['terminal', 'terminal'], { AI_AGENT: 'x' }, false],
] as const)('a person sits in front of %j with %j: %s', (streams, environment, expected) => {
  expect(isInteractive(streams, environment)).toBe(expected);
});

it('columns line up whatever is coloured', () => {
  const rows = [
    ['a', paintColoured('red', 'bb'), 'c'],
    ['aaa', 'b', ''],
  ];
  expect(lineUp(rows)).toEqual([`a    ${paintColoured('red', 'bb')}  c`, 'aaa  b']);
});

it.each([
  ['plain', 5],
  ['日本語', 6],
  ['한글', 4],
  ['e\u0301té', 3],
  ['🙂!', 3],
  ['ｗｉｄｅ', 8],
  ['→ é ·', 5],
  ['a\u200bb', 2],
])('%s takes %i columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
  expect(
    lineUp([
      [text, 'x'],
      ['0123456789', 'y'],
    ])[0],
  ).toBe(`${text}${' '.repeat(12 - width)}x`);
});
