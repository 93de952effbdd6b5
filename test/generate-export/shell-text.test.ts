import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteWord } from '../../src/base/quote-word.ts';
import { assignedText, oneLine, withBraces } from '../../src/generate/export/shell-text.ts';
import { expandTemplate } from '../../src/plan/expand.ts';
import { parseTemplate } from '../../src/plan/template.ts';
import { hasTool } from '../rig/tools.ts';
import { dollars, ODD_VALUES } from './export-fixture.ts';

const SHELLS = ['sh', 'dash', 'bash', 'zsh'].filter(hasTool);
// zsh sets HOME itself where there is none.
const VARIABLES: Readonly<Record<string, string>> = {
  A: 'one  two',
  STAR: '*',
  EMPTY: '',
  PORT: '8000',
  HOME: '/home',
};
const text = fc.string({ unit: fc.constantFrom(...`ab $%"'\\\n\t;&|#={}*?~!<>()[]\`ü😀`), maxLength: 12 });
const odd = fc.oneof(fc.constantFrom(...ODD_VALUES), text);

test.each(SHELLS)('%s takes a quoted value for one word with just these bytes', (shell) => {
  fc.assert(
    fc.property(fc.array(odd, { minLength: 1, maxLength: 60 }), (values) => {
      const script = values.map((value) => `printf '%s\\0' ${quoteWord(value)}`).join('\n');
      expect(run(shell, script)).toEqual(values);
    }),
    { numRuns: 20 },
  );
});

const variable = fc.constantFrom('A', 'STAR', 'EMPTY', 'NONE');
const otherwise = fc.oneof(
  odd.map((value) => value.replaceAll(/[$}]/g, '')),
  variable.map((name) => `§{${name}}`),
);
const piece = fc.oneof(
  odd.map((value) => value.replaceAll('$', '§§')),
  variable.map((name) => `§{${name}}`),
  fc.tuple(variable, fc.constantFrom(':-', '-'), otherwise).map(([name, op, rest]) => `§{${name}${op}${rest}}`),
);

test.each(SHELLS)('%s puts the same values into a definition as devgen does', (shell) => {
  const lookup = (name: string) => VARIABLES[name];
  fc.assert(
    fc.property(fc.array(fc.array(piece, { maxLength: 4 }), { minLength: 1, maxLength: 40 }), (samples) => {
      const templates = samples.flatMap((pieces) => {
        const parsed = parseTemplate(dollars(pieces.join('')));
        return parsed.ok ? [parsed.value] : [];
      });
      const script = templates.map((each) => `X=${assignedText(each)}; printf '%s\\0' "$X"`).join('\n');
      const expected = templates.map((each) => expandTemplate(each, lookup)).map((each) => each.ok && each.value);
      expect(run(shell, script)).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

test.each(SHELLS)('%s runs statements on one line as on several, comments and line ends included', (shell) => {
  const statements = [
    `printf '%s\\0' 'one\ntwo' # a comment; exit`,
    `printf '%s\\0' "§PORT" 'it''s §PORT 100% \\n'`,
    `for each in a b\ndo printf '%s\\0' "§each"\ndone`,
  ].map(dollars);
  const line = oneLine(statements);
  expect(line).not.toContain('\n');
  expect(run(shell, line)).toEqual(run(shell, statements.join('\n')));
  expect(run(shell, line)).toEqual(['one\ntwo', '8000', dollars('its §PORT 100% \\n'), 'a', 'b']);
});

test.each([
  ['node --port §PORT', 'node --port §{PORT}'],
  [`echo '§PORT' "§PORT '§A'" \\§PORT`, `echo '§PORT' "§{PORT} '§{A}'" \\§PORT`],
  ['echo §{PORT:-1} §1 §? §§', 'echo §{PORT:-1} §1 §? §§'],
  [`echo "it's \\"§A\\"" §B`, `echo "it's \\"§{A}\\"" §{B}`],
])('%s becomes %s', (command, expected) => {
  expect(withBraces(dollars(command))).toBe(dollars(expected));
});

/** What the script printed, each ended by a NUL. */
function run(shell: string, script: string): string[] {
  const printed = execFileSync(shell, ['-c', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...VARIABLES },
    encoding: 'utf8',
  });
  return printed === '' ? [] : printed.split('\0').slice(0, -1);
}
