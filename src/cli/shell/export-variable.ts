import { quoteWord } from '../../base/quote-word.ts';

/** The shells that lines can be written for; all but fish read the same. */
export const SHELLS = ['sh', 'bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** The line that sets and exports a variable: to exactly this value, whatever it holds. */
export function exportVariable(name: string, value: string, shell: Shell): string {
  // Fish's own `export` cuts a value at its first newline; without the semicolon `eval (./dev env)` is one command.
  if (shell === 'fish') return `set -gx ${name} ${quoteAll(value, fishEscape)};`;
  return `export ${name}=${quoteAll(value, posixEscape)}`;
}

/** What would be taken out on the way to a terminal: all controls but tab and newline. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const CONTROLS = /([\u0001-\u0008\u000b-\u001f\u007f-\u009f]+)/;

function quoteAll(value: string, escaped: (controls: string) => string): string {
  if (value === '') return quoteWord(value);
  const parts = value.split(CONTROLS).map((part, index) => (index % 2 === 1 ? escaped(part) : part && quoteWord(part)));
  return parts.join('');
}

/** `$'…'` is not in every sh. */
function posixEscape(controls: string): string {
  const bytes = [...Buffer.from(controls, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
  return `"$(printf '${bytes.join('')}')"`;
}

/** Source: fish-doc, The fish language, Escaping characters */
function fishEscape(controls: string): string {
  return [...controls].map((each) => `\\u${(each.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('');
}
