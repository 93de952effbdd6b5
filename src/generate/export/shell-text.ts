import { quoteWord } from '../../base/quote-word.ts';
import type { Template } from '../../plan/template.ts';

/**
 * A text with variables as what a POSIX shell assigns, which puts their values in. In an assignment no value is split
 * or taken for a pattern, so nothing needs double quotes: shells disagree about quotes inside of braces in those.
 * Source: POSIX.1-2024, Shell Command Language, 2.9.1 Simple Commands and 2.6.2 Parameter Expansion.
 */
export function assignedText(template: Template): string {
  return template
    .map((part) => {
      if (part.kind === 'text') return quoteWord(part.text);
      const { name, otherwise, required } = part;
      if (otherwise !== null) {
        return `\${${name}${otherwise.emptyCounts ? '-' : ':-'}${assignedText(otherwise.template)}}`;
      }
      if (required !== null) return `\${${name}${required.emptyCounts ? '?' : ':?'}${quoteWord(required.message)}}`;
      return `\${${name}}`;
    })
    .join('');
}

/**
 * The statements as one line of ASCII, for a format in which a line is a value and whose readers may know no more. What
 * else the user wrote, and lines that a comment ends, go through `printf`, which makes them again.
 */
export function oneLine(statements: readonly string[]): string {
  if (!statements.some((statement) => /[^ -~]|#/.test(statement))) return statements.join('; ');
  const octal = (byte: number): string => `\\0${byte.toString(8).padStart(3, '0')}`;
  const text = statements
    .join('\n')
    .replace(/[^ -~]|[\\'$]/gu, (character) => [...Buffer.from(character)].map(octal).join(''));
  return `eval "$(printf %b '${text}')"`;
}

/** `$NAME` as `${NAME}` wherever a shell expands it: some systems put values of their own into the former. */
export function withBraces(text: string): string {
  return text.replace(/\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\$[A-Za-z_][A-Za-z0-9_]*/g, (piece) => {
    if (piece.startsWith('$')) return `\${${piece.slice(1)}}`;
    if (!piece.startsWith('"')) return piece;
    return piece.replace(/\\[\s\S]|\$[A-Za-z_][A-Za-z0-9_]*/g, (inner) =>
      inner.startsWith('$') ? `\${${inner.slice(1)}}` : inner,
    );
  });
}
