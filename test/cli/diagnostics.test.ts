import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { paintColoured, paintPlain } from '../../src/cli/screen/paint.ts';
import { describeDiagnostics, describeWarnings } from '../../src/cli/sentences/describe-diagnostics.ts';

const TYPO: Diagnostic = {
  code: 'config/unknown-key',
  message: 'unknown key `prot` in `services.backend`',
  hint: 'Did you mean `port`?',
  place: { file: 'devgen.config.yaml', position: { line: 12, column: 5, length: 4, excerpt: '    prot: 5000' } },
};
const MISSING: Diagnostic = { code: 'config/not-found', message: 'no devgen config here', place: { file: 'x.yaml' } };

it('a mistake shows its place, the line with a squiggle, and a hint', () => {
  expect(`\n${describeDiagnostics([TYPO], paintPlain).join('\n')}\n`).toBe(`
error: unknown key \`prot\` in \`services.backend\`
  at devgen.config.yaml:12:5
  12 |     prot: 5000
     |     ~~~~
  hint: Did you mean \`port\`?
`);
});

it('several mistakes are shown together and counted', () => {
  expect(`\n${describeDiagnostics([TYPO, MISSING], paintPlain).join('\n')}\n`).toBe(`
error: unknown key \`prot\` in \`services.backend\`
  at devgen.config.yaml:12:5
  12 |     prot: 5000
     |     ~~~~
  hint: Did you mean \`port\`?

error: no devgen config here
  at x.yaml

2 errors
`);
});

it('the squiggle stands right behind tabs, too', () => {
  const position = { line: 1, column: 3, length: 2, excerpt: '\t\tab' };
  const lines = describeDiagnostics([{ ...TYPO, place: { file: 'f', position } }], paintPlain);
  expect(lines.slice(2, 4)).toEqual(['  1 | \t\tab', '    | \t\t~~']);
});

it('a warning is called one', () => {
  expect(describeWarnings([MISSING], paintPlain)).toEqual(['warning: no devgen config here', '  at x.yaml']);
});

it('colours change nothing but the colours', () => {
  expect(describeDiagnostics([TYPO], paintColoured).map((line) => stripVTControlCharacters(line))).toEqual(
    describeDiagnostics([TYPO], paintPlain),
  );
});

it('the squiggle stands below wide characters, and is as wide as they', () => {
  const excerpt = 'desc: 説明 プロト x';
  const position = { line: 1, column: 10, length: 3, excerpt };
  const [, , , squiggle] = describeDiagnostics([{ ...TYPO, place: { file: 'x.yaml', position } }], paintPlain);
  expect(squiggle).toBe(`    | ${' '.repeat(11)}~~~~~~`);
});
