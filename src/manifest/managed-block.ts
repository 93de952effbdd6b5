/** The two lines around a block, in the comments of the file's language. */
export interface Markers {
  readonly start: string;
  readonly end: string;
}

export const HASH_MARKERS: Markers = { start: '# >>> devgen >>>', end: '# <<< devgen <<<' };
export const MARKDOWN_MARKERS: Markers = { start: '<!-- >>> devgen >>> -->', end: '<!-- <<< devgen <<< -->' };

/** A managed block as it stands in a text. */
export type FoundBlock =
  | { readonly kind: 'absent' }
  /** `body`: the lines between the markers, ended by line feeds. */
  | { readonly kind: 'found'; readonly body: string; readonly start: number; readonly end: number }
  /** A marker without its partner, or more than one block: what is whose cannot be told. */
  | { readonly kind: 'damaged' };

interface Line {
  readonly text: string;
  readonly start: number;
  /** Behind its newline. */
  readonly end: number;
}

/**
 * Finds the one block; a marker counts only as a whole line. Only what `echo x >> FILE` glued to the last line of a
 * block without a newline is told apart from it: that is no part of the block.
 */
export function findBlock(text: string, markers = HASH_MARKERS): FoundBlock {
  const lines = splitLines(text);
  const starts = lines.filter((line) => line.text === markers.start);
  const ends = lines.flatMap((line) => endingAt(line, markers));
  const whole = ends.filter(({ isGlued }) => !isGlued);
  const [start] = starts;
  const [end] = whole.length > 0 || start === undefined ? whole : ends;
  if (start === undefined && end === undefined) return { kind: 'absent' };
  const isAmbiguous = starts.length > 1 || whole.length > 1 || (whole.length === 0 && ends.length > 1);
  if (start === undefined || end === undefined || isAmbiguous || end.start < start.start) return { kind: 'damaged' };
  const body = lines
    .filter((line) => line.start > start.start && line.end <= end.start)
    .map((line) => `${line.text}\n`);
  return { kind: 'found', body: body.join(''), start: start.start, end: end.end };
}

/**
 * How a text ends: a block is put on a line of its own, so an open end gets a newline, which goes again with the block.
 */
export type TextEnd = 'open' | 'closed';

export function endOf(text: string): TextEnd {
  return text === '' || text.endsWith('\n') ? 'closed' : 'open';
}

/** The text without its block; `end`: how the text ended before it had one. */
export function dropBlock(text: string, end: TextEnd = 'closed', markers = HASH_MARKERS): string {
  const found = findBlock(text, markers);
  if (found.kind !== 'found') return text;
  const before = text.slice(0, found.start);
  const after = text.slice(found.end);
  if (after !== '' || end === 'closed') return before + after;
  const added = text.startsWith(`${markers.start}\r\n`, found.start) ? '\r\n' : '\n';
  return before.endsWith(added) ? before.slice(0, -added.length) : before;
}

function endingAt({ text, start, end }: Line, markers: Markers): { start: number; end: number; isGlued: boolean }[] {
  if (text === markers.end) return [{ start, end, isGlued: false }];
  return text.startsWith(markers.end) ? [{ start, end: start + markers.end.length, isGlued: true }] : [];
}

export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    lines.push({ text: text.slice(start, end).replace(/[ \t\r\n]+$/, ''), start, end });
    start = end;
  }
  return lines;
}
