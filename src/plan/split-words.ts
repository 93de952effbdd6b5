import { expandTemplate, type Lookup } from './expand.ts';
import { parseDollar, type Template, type TemplatePart } from './template.ts';

/**
 * The words of a command line, quotes and backslashes taken away and variables put in. `undefined`: the text has syntax
 * that only a shell understands, or that shells understand differently.
 * Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting and 2.6 Word Expansions.
 */
export function splitWords(text: string, lookup: Lookup): readonly string[] | undefined {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text[at])) {
      at++;
      continue;
    }
    const word = readWord(text, at, lookup);
    if (word === undefined) return undefined;
    // `NAME=value` before the command sets a variable.
    if (words.length === 0 && /^[A-Za-z_][A-Za-z0-9_]*=/.test(text.slice(at))) return undefined;
    if (!word.vanishes) words.push(word.value);
    at = word.end;
  }
  return words;
}

interface Word {
  readonly value: string;
  /** Nothing but unquoted variables that are empty: a shell makes no word of it. */
  readonly vanishes: boolean;
  readonly end: number;
}

/** A stretch of a word, from one offset to another. */
interface Piece {
  readonly value: string;
  readonly end: number;
  readonly isQuoted: boolean;
}

function readWord(text: string, start: number, lookup: Lookup): Word | undefined {
  if (text[start] === '~' || text[start] === '#') return undefined;
  let value = '';
  let isQuoted = false;
  let at = start;
  while (at < text.length && !isBlank(text[at])) {
    const piece = readPiece(text, at, lookup);
    if (piece === undefined) return undefined;
    value += piece.value;
    isQuoted ||= piece.isQuoted;
    at = piece.end;
  }
  return { value, vanishes: value === '' && !isQuoted, end: at };
}

function readPiece(text: string, at: number, lookup: Lookup): Piece | undefined {
  const character = text[at] ?? '';
  if (character === "'") return singleQuoted(text, at);
  if (character === '"') return doubleQuoted(text, at, lookup);
  if (character === '\\') return escaped(text, at);
  if (character === '$') return variable(text, at, { lookup, isQuoted: false });
  // Operators, patterns, braces and substitutions; `~` begins a home directory after `:` and `=` in some shells.
  if ('|&;<>()`*?[{}\n'.includes(character) || /^[:=]~/.test(text.slice(at))) return undefined;
  return { value: character, end: at + 1, isQuoted: false };
}

function singleQuoted(text: string, at: number): Piece | undefined {
  const close = text.indexOf("'", at + 1);
  return close === -1 ? undefined : { value: text.slice(at + 1, close), end: close + 1, isQuoted: true };
}

function escaped(text: string, at: number): Piece | undefined {
  const next = text[at + 1];
  // A backslash at the end of a line joins it with the next; at the end of all, shells differ.
  if (next === undefined || next === '\n') return undefined;
  const character = String.fromCodePoint(text.codePointAt(at + 1) ?? 0);
  return { value: character, end: at + 1 + character.length, isQuoted: true };
}

function doubleQuoted(text: string, start: number, lookup: Lookup): Piece | undefined {
  let value = '';
  let at = start + 1;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '"') return { value, end: at + 1, isQuoted: true };
    if (character === '`' || text.startsWith('\\\n', at)) return undefined;
    if (character === '\\' && '$"\\`'.includes(text[at + 1] ?? ' ')) {
      value += text[at + 1];
      at += 2;
    } else if (character === '$') {
      const piece = variable(text, at, { lookup, isQuoted: true });
      if (piece === undefined) return undefined;
      value += piece.value;
      at = piece.end;
    } else {
      value += character;
      at++;
    }
  }
  return undefined;
}

function variable(
  text: string,
  at: number,
  { lookup, isQuoted }: { lookup: Lookup; isQuoted: boolean },
): Piece | undefined {
  // Substitutions and the shell's own parameters; `$'` and `$"` mean different things to different shells.
  if (/^\$[($0-9@*#?!'"-]/.test(text.slice(at))) return undefined;
  const parsed = parseDollar(text, at);
  if (!parsed.ok || !isPlain(parsed.value.part)) return undefined;
  const expanded = expandTemplate([parsed.value.part], lookup);
  return expanded.ok ? { value: expanded.value, end: parsed.value.end, isQuoted } : undefined;
}

/** Whether a shell would take defaults as they stand: without quotes, escapes, blanks or patterns in them. */
function isPlain(part: TemplatePart): boolean {
  if (part.kind === 'text') return true;
  return part.required === null && (part.otherwise === null || isPlainTemplate(part.otherwise.template));
}

function isPlainTemplate(template: Template): boolean {
  return template.every((part) => (part.kind === 'text' ? /^[A-Za-z0-9_./:@%+,=-]*$/.test(part.text) : isPlain(part)));
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}
