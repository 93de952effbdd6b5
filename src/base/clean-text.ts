/** `styled`: colours and styles stay, for a terminal that shows them. `plain`: nothing but text. */
export type TextStyle = 'styled' | 'plain';

/** C0 without tab and line feed, DEL and C1: what a terminal or another program may take for a command. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/**
 * A whole escape sequence, one that its line ends in, or a lone control character. In this order: a style (SGR);
 * another control sequence; a string (title, clipboard, device control); any other escape; a carriage return inside of
 * a line; the rest.
 * Source: ECMA-48, 5.3 to 5.6; xterm control sequences.
 */
const SEQUENCE = new RegExp(
  [
    '(\\u001b\\[[0-9;:]*m)',
    '(?:\\u001b\\[|\\u009b)[\\u0030-\\u003f]*[\\u0020-\\u002f]*[\\u0040-\\u007e]?',
    '(?:\\u001b[\\]PX^_]|[\\u0090\\u0098\\u009d-\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '\\u001b[\\u0020-\\u002f]*[\\u0030-\\u007e]?',
    '(\\r)(?!\\n|$)',
    '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]',
  ].join('|'),
  'g',
);

/**
 * Takes out of a text from outside what would do something to a terminal, or to a program that reads our output. The
 * one rule for everything that is shown: nothing but colours and styles gets through, and every line ends them. A
 * carriage return inside of a line, which would let its end cover its beginning, becomes a space.
 */
export function cleanText(text: string, style: TextStyle): string {
  if (!CONTROL.test(text)) return text;
  const cleaned = text.replace(SEQUENCE, (_, sgr: string | undefined, inner: string | undefined) => {
    if (sgr !== undefined) return style === 'styled' ? sgr : '';
    return inner === undefined ? '' : ' ';
  });
  return style === 'plain' ? cleaned : cleaned.split('\n').map(closed).join('\n');
}

/** Kinds of style that one code begins and another ends. Source: ECMA-48, 8.3.117; xterm's bright colours. */
const STYLES: readonly (readonly [on: RegExp, off: string])[] = [
  [/^(?:3[0-8]|9[0-7])$/, '39'],
  [/^(?:4[0-8]|10[0-7])$/, '49'],
  [/^[12]$/, '22'],
];

/** With all styles ended that the line leaves on, so that they colour nothing but it. */
function closed(line: string): string {
  const on = new Set<string>();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence.
  for (const [, codes = ''] of line.matchAll(/\u001b\[([0-9;:]*)m/g)) {
    const [first = '0', ...more] = codes.split(/[;:]/);
    if ((first === '0' || first === '') && more.length === 0) on.clear();
    else if (!on.delete(first))
      on.add(STYLES.find(([begins]) => more.length === 0 && begins.test(first))?.[1] ?? 'all');
  }
  return on.size === 0 ? line : `${line}\u001b[0m`;
}
