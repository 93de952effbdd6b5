import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dropDamaged, putBlock } from '../../src/generate/engine/edit-block.ts';
import { dropBlock, endOf, findBlock } from '../../src/manifest/managed-block.ts';

const START = '# >>> devgen >>>';
const END = '# <<< devgen <<<';

/**
 * Texts as they are found: both newlines, mixed, lone carriage returns, no newline at the end, near misses of a marker.
 */
const line = fc.oneof(
  fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll('\n', '')),
  fc.constantFrom('', '\techo hi', `${START} x`, `x${END}`, '# >>> devgen', '\u00e9\u00ff'),
);
const newline = fc.constantFrom('\n', '\r\n', '\r');
const text = fc
  .tuple(fc.array(fc.tuple(line, newline)), line)
  .map(([lines, last]) => lines.map(([content, end]) => content + end).join('') + last);
const body = fc
  .array(fc.constantFrom('-include .devgen/devgen.mk', '/logs/', 'é', ''), { maxLength: 3 })
  .map((lines) => {
    return lines.map((content) => `${content}\n`).join('');
  });

test('putting a block and dropping it restores every byte', () => {
  fc.assert(
    fc.property(text, body, (before, content) => {
      expect(dropBlock(putBlock(before, content), endOf(before))).toBe(before);
    }),
  );
});

test('a block that was put is found again with its lines', () => {
  fc.assert(
    fc.property(text, body, (before, content) => {
      expect(findBlock(putBlock(before, content))).toMatchObject({ kind: 'found', body: content });
    }),
  );
});

test('putting a block twice is putting it once', () => {
  fc.assert(
    fc.property(text, body, (before, content) => {
      const once = putBlock(before, content);
      expect(putBlock(once, content)).toBe(once);
    }),
  );
});

test('a block that changes leaves everything around it, and dropping it still restores every byte', () => {
  fc.assert(
    fc.property(text, body, body, (before, first, second) => {
      expect(dropBlock(putBlock(putBlock(before, first), second), endOf(before))).toBe(before);
    }),
  );
});

test('what the user adds behind a block survives its removal', () => {
  const withBlock = putBlock('a:\n\techo\n', '-include x\n');
  expect(dropBlock(`${withBlock}b:\n`)).toBe('a:\n\techo\nb:\n');
});

test.each([
  ['a text with line feeds', 'a\n', `a\n${START}\nx\n${END}\n`],
  ['a text without a newline at its end', 'a', `a\n${START}\nx\n${END}\n`],
  ['a text with carriage returns', 'a\r\n', `a\r\n${START}\r\nx\r\n${END}\r\n`],
  ['an empty text', '', `${START}\nx\n${END}\n`],
])('a block goes behind %s in its own newlines', (_, before, after) => {
  expect(putBlock(before, 'x\n')).toBe(after);
});

test.each([
  ['a start without an end', `${START}\nx\n`],
  ['an end without a start', `x\n${END}\n`],
  ['the end before the start', `${END}\n${START}\n`],
  ['two blocks, as a bad merge leaves them', `${START}\n${END}\n${START}\n${END}\n`],
])('%s is damaged', (_, damaged) => {
  expect(findBlock(damaged)).toEqual({ kind: 'damaged' });
});

test('what was glued to a block without a last newline is the user’s, and comes to a line of its own', () => {
  const glued = `a\n${START}\nx\n${END}dist\n`;
  expect(findBlock(glued)).toMatchObject({ kind: 'found', body: 'x\n' });
  expect(dropBlock(glued)).toBe('a\ndist\n');
  expect(putBlock(glued, 'x\n')).toBe(`a\n${START}\nx\n${END}\ndist\n`);
});

test.each([
  ['a lost end marker', `a\n${START}\nx\ny\nb\n`, 'a\nb\n'],
  ['a lost start marker', `x\n${END}\nb\n`, 'b\n'],
  ['two blocks, as a bad merge leaves them', `${START}\nx\n${END}\nb\n${START}\ny\n${END}\n`, 'b\n'],
  ['lines of the user’s like ours elsewhere', `x\n\n${START}\nx\n`, 'x\n\n'],
])('what is left of a damaged block goes: %s', (_, damaged, rest) => {
  expect(dropDamaged(damaged, 'x\ny\n')).toBe(rest);
});

test('a marker counts only as a whole line', () => {
  expect(findBlock(`echo ${START}\n${END} too\n`)).toEqual({ kind: 'absent' });
});
