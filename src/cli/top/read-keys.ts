/** One key, or one turn of the mouse wheel. */
export interface TopKey {
  /** The character itself, or the key's name. */
  readonly name: string;
  /** What it types; empty: nothing. */
  readonly text: string;
}

export interface KeysRead {
  readonly keys: readonly TopKey[];
  /** The beginning of a sequence whose end has not come yet; Escape alone looks like one. */
  readonly rest: string;
}

/** In this order: pasted text; the mouse; another control sequence; a function key; the rest. */
const TOKEN = new RegExp(
  [
    '\\u001b\\[200~([\\s\\S]*?)\\u001b\\[201~',
    '\\u001b\\[<(\\d+);\\d+;\\d+[Mm]',
    '\\u001b\\[([\\u0030-\\u003f]*[\\u0040-\\u007e])',
    '\\u001bO([A-Z])',
    '([\\s\\S])',
  ].join('|'),
  'gu',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences.
const UNFINISHED = /(?:\u001b\[200~(?![\s\S]*\u001b\[201~)[\s\S]*|\u001b(?:\[[\u0030-\u003f]*|O)?)$/;

/** Source: xterm control sequences: PC-style function keys; mouse tracking, where the wheel is buttons 64 and 65. */
const SEQUENCES: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  H: 'home',
  F: 'end',
  '1~': 'home',
  '4~': 'end',
  '5~': 'page-up',
  '6~': 'page-down',
};
const WHEEL: Readonly<Record<string, string>> = { 64: 'wheel-up', 65: 'wheel-down' };
const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\u001b': 'escape',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
  '\u001a': 'ctrl-z',
};

/** What the typed text means; with `isEnd` nothing more comes, so that what has begun is taken as it is. */
export function readKeys(text: string, more: 'may-come' | 'none'): KeysRead {
  const [rest = ''] = more === 'none' ? [] : (UNFINISHED.exec(text) ?? []);
  const keys = [...text.slice(0, text.length - rest.length).matchAll(TOKEN)].flatMap(keyOf);
  return { keys, rest };
}

function keyOf([, pasted, button, sequence, functionKey, character = '']: RegExpMatchArray): readonly TopKey[] {
  if (pasted !== undefined) return [{ name: 'paste', text: pasted.replace(/\p{C}+/gu, ' ') }];
  const name = button === undefined ? nameOf(sequence ?? functionKey, character) : WHEEL[button];
  if (name !== undefined) return [{ name, text: '' }];
  return /^\P{C}$/u.test(character) ? [{ name: character, text: character }] : [];
}

function nameOf(sequence: string | undefined, character: string): string | undefined {
  return sequence === undefined ? CONTROLS[character] : SEQUENCES[sequence];
}
