import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandVariables } from '../../src/plan/expand.ts';

const VALUES: Readonly<Record<string, string>> = { A: 'one', EMPTY: '', A_B: 'two' };
const lookup = (name: string) => VALUES[name];

/** Written with `§` for the dollar sign, which would look like a template's. */
function dollars(text: string): string {
  return text.replaceAll('§', '$');
}

describe('expandVariables', () => {
  test.each([
    ['§A', 'one'],
    ['x§{A}y', 'xoney'],
    ['§A_B §A-B', 'two one-B'],
    ['[§NONE][§{NONE}][§EMPTY]', '[][][]'],
    ['§{NONE:-d}§{EMPTY:-d}§{A:-d}', 'ddone'],
    ['[§{NONE-d}][§{EMPTY-d}]', '[d][]'],
    ['§{NONE:-}', ''],
    ['§{NONE:-§A/§{EMPTY:-x}}', 'one/x'],
    ['§{NONE:-a b "c"}', 'a b "c"'],
    ['§§A', '§A'],
    ['§§§A', '§one'],
    ['\\§A \\\\§A \\\\\\§A a\\b', '§A \\one \\§A a\\b'],
    ['§{NONE:-a\\§{b}', 'a§{b'],
    ['100§ §1 §', '100§ §1 §'],
    ['http://localhost:§{A:?}/x', 'http://localhost:one/x'],
  ])('%s gives %s', (text, expected) => {
    expect(expandVariables(dollars(text), lookup)).toEqual({ ok: true, value: dollars(expected) });
  });

  test.each([
    ['§{NONE:?set it}', 'NONE', 'set it'],
    ['§{EMPTY:?}', 'EMPTY', '`EMPTY` is not set'],
    ['a §{A', '§{A', '`§{A` is no variable; write `§§` for a dollar sign'],
    ['§{A!x}', '§{A!x}', '`§{A!x}` is no variable; write `§§` for a dollar sign'],
    ['§{}', '§{}', '`§{}` is no variable; write `§§` for a dollar sign'],
  ])('%s fails', (text, variable, message) => {
    const reason = variable.startsWith('§') ? 'malformed' : 'missing';
    const error = { reason, variable: dollars(variable), message: dollars(message) };
    expect(expandVariables(dollars(text), lookup)).toEqual({ ok: false, error });
  });

  test('agrees with sh inside double quotes', () => {
    const piece = fc.constantFrom(
      '§A',
      '§{A}',
      '§EMPTY',
      '§{NONE:-d}',
      '§{EMPTY-d}',
      '§{EMPTY:-§A}',
      '\\§A',
      '\\\\§A',
      '\\\\\\§A',
      '/',
      'x',
      ' ',
      ':',
    );
    const texts = fc
      .sample(fc.array(piece, { maxLength: 6 }), { numRuns: 200, seed: 7 })
      .map((pieces) => dollars(pieces.join('')));
    const script = texts.map((text) => `printf '%s\\000' "${text}"`).join('\n');
    const seen = execFileSync('sh', ['-c', script], { env: { ...VALUES }, encoding: 'utf8' })
      .split('\0')
      .slice(0, -1);
    const ours = texts.map((text) => expandVariables(text, lookup));
    expect(ours).toEqual(seen.map((value) => ({ ok: true, value })));
  });

  test('leaves any text without a dollar sign as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('$')),
        (text) => {
          expect(expandVariables(text, lookup)).toEqual({ ok: true, value: text });
        },
      ),
    );
  });

  test('never throws, whatever the text', () => {
    const characters = fc.constantFrom('$', '{', '}', ':', '-', '?', 'A', ' ');
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 20 }), (text) => void expandVariables(text, lookup)),
    );
  });
});
