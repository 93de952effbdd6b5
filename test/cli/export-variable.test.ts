import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { quoteWord } from '../../src/base/quote-word.ts';
import { exportVariable, SHELLS } from '../../src/cli/shell/export-variable.ts';
import { seededRandom } from '../faults/seeded.ts';
import { hasTool } from '../rig/tools.ts';

const PIECES = [
  ...[
    "'",
    '"',
    '\\',
    '\\\\',
    '\\n',
    "\\'",
    '`',
    '$',
    '$HOME',
    '$' + '{X}',
    '$(id)',
    '!',
    '!!',
    '#',
    ' #x',
    '&',
    ';',
    '|',
  ],
  ...['*', '?', '[a]', '{a,b}', '~', '=', '=ls', '%self', '%', '-', '--', '-x', '^', '(', ')', '<', '>', '@', ','],
  ...[' ', '  ', '\t', '\n', '\n\n', '\r', '\r\n', '\u0001', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u009b'],
  ...['é', '日本', '🙂', '\u202e', '\u200b', 'a', 'word', '0', '7', '/usr/bin', 'x=1', ':', '.'],
];

/** The same ones each time: every piece alone, then seeded mixtures. */
function oddValues(count: number): readonly string[] {
  const random = seededRandom(7);
  const below = (limit: number) => Math.floor(random() * limit);
  const mixed = Array.from({ length: count - PIECES.length - 1 }, () =>
    Array.from({ length: 1 + below(6) }, () => PIECES[below(PIECES.length)] ?? '').join(''),
  );
  return ['', ...PIECES, ...mixed];
}

/** How many variables a shell is given at once. */
const PORTION = 50;

describe.each(SHELLS)('in %s', (shell) => {
  it.skipIf(!hasTool(shell))(`500 odd values arrive as they are (needs ${shell})`, () => {
    const values = oddValues(500);
    for (let at = 0; at < values.length; at += PORTION) {
      const portion = values.slice(at, at + PORTION);
      const lines = portion.map((value, index) => exportVariable(`ODD_${index}`, value, shell));
      expect(valuesAfter(shell, lines.join('\n'), portion.length)).toEqual(portion);
    }
  });

  it.skipIf(!hasTool(shell))(`a quoted word is one word, and the same one (needs ${shell})`, () => {
    const values = oddValues(500);
    const print = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const line = [process.execPath, '-e', print, '--', ...values].map(quoteWord).join(' ');
    expect(JSON.parse(execFileSync(shell, ['-c', line], { encoding: 'utf8' }))).toEqual(values);
  });
});

function valuesAfter(shell: string, lines: string, count: number): readonly (string | undefined)[] {
  const print = 'process.stdout.write(JSON.stringify(process.env))';
  const script = `eval "$GIVEN"\n'${process.execPath}' -e '${print}'`;
  const environment = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', LC_ALL: 'C.UTF-8', GIVEN: lines };
  const text = execFileSync(shell, ['-c', script], { env: environment, encoding: 'utf8' });
  const variables: Readonly<Record<string, string>> = JSON.parse(text);
  return Array.from({ length: count }, (_, index) => variables[`ODD_${index}`]);
}
