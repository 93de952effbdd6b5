import { describe, expect, test } from 'vitest';
import { cleanText } from '../../src/base/clean-text.ts';

const RED = '\u001b[31m';
const DEFAULT = '\u001b[39m';

describe('what is shown on a terminal', () => {
  test.each([
    ['clear screen', 'a\u001b[2Jb', 'ab'],
    ['a reset of the terminal', 'a\u001bcb', 'ab'],
    ['a title', 'a\u001b]0;owned\u0007b', 'ab'],
    ['a title without an end', 'a\u001b]0;owned', 'a'],
    ['the clipboard', 'a\u001b]52;c;ZXZpbA==\u001b\\b', 'ab'],
    ['a link', '\u001b]8;;http://x\u001b\\text\u001b]8;;\u001b\\', 'text'],
    ['a hidden cursor', 'a\u001b[?25lb', 'ab'],
    ['the alternate screen', 'a\u001b[?1049hb', 'ab'],
    ['a device control string', 'a\u001bP$q"p\u001b\\b', 'ab'],
    ['a C1 control sequence', 'a\u009b2Jb', 'ab'],
    ['a C1 title', 'a\u009d0;owned\u009cb', 'ab'],
    ['a character set', 'a\u001b(0b', 'ab'],
    ['keys that are sent another way', 'a\u001b[>4;2mb', 'ab'],
    ['bell, backspace, delete', 'a\u0007\b\u007fb', 'ab'],
    ['the first half of a sequence', 'a\u001b[', 'a'],
    ['the second half of a sequence', '2Jb', '2Jb'],
    ['a sequence inside of another', 'a\u001b[\u001b[2Jb', 'ab'],
    ['an escape before an escape', 'a\u001b\u001b[2Jb', 'ab'],
    ['a carriage return that would hide what is before it', 'rm -rf /\rls', 'rm -rf / ls'],
    ['the line end of other systems', 'a\r\nb\r', 'a\nb'],
  ])('%s does nothing', (_, text, cleaned) => {
    expect(cleanText(text, 'styled')).toBe(cleaned);
    expect(cleanText(text, 'plain')).toBe(cleaned);
  });

  test.each([
    [`${RED}a${DEFAULT} b`, `${RED}a${DEFAULT} b`],
    [`${RED}a`, `${RED}a\u001b[0m`],
    [`${RED}a\nb`, `${RED}a\u001b[0m\nb`],
    [`${RED}a\u001b[0m`, `${RED}a\u001b[0m`],
    ['\u001b[1;38;5;9ma\u001b[m', '\u001b[1;38;5;9ma\u001b[m'],
    ['\u001b[7ma', '\u001b[7ma\u001b[0m'],
  ])('styles pass and end with their line: %j', (text, cleaned) => {
    expect(cleanText(text, 'styled')).toBe(cleaned);
  });
});

test('plain text has no styles, and keeps tabs, line ends and every language', () => {
  expect(cleanText(`${RED}a\tb${DEFAULT}\nü 日本 🙂`, 'plain')).toBe('a\tb\nü 日本 🙂');
});
