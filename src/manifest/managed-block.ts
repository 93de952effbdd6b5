/** The two lines around a block, in the comments of the file's language. */
export interface Markers {
  readonly start: string;
  readonly end: string;
}

const HASH_MARKERS: Markers = { start: '# >>> devgen >>>', end: '# <<< devgen <<<' };
export const MARKDOWN_MARKERS: Markers = { start: '<!-- >>> devgen >>> -->', end: '<!-- <<< devgen <<< -->' };

/** A managed block as it stands in a text. */
export type FoundBlock =
  | { readonly kind: 'absent' }
  /** `body`: the lines between the markers, ended by line feeds. */
  | { readonly kind: 'found'; readonly body: string; readonly start: number; readonly end: number }
  /** A marker without its partner, or more than one block: nobody can tell what is whose. */
  | { readonly kind: 'damaged' };

interface Line {
  readonly text: string;
  readonly start: number;
  /** Behind its newline. */
  readonly end: number;
}

/** Finds the one block; a marker counts only as a whole line. */
export function findBlock(text: string, markers = HASH_MARKERS): FoundBlock {
  const lines = splitLines(text);
  const starts = lines.filter((line) => line.text === markers.start);
  const ends = lines.filter((line) => line.text === markers.end);
  const [start] = starts;
  const [end] = ends;
  if (start === undefined && end === undefined) return { kind: 'absent' };
  if (start === undefined || end === undefined || starts.length > 1 || ends.length > 1 || end.start < start.start) {
    return { kind: 'damaged' };
  }
  const body = lines
    .filter((line) => line.start > start.start && line.end <= end.start)
    .map((line) => `${line.text}\n`);
  return { kind: 'found', body: body.join(''), start: start.start, end: end.end };
}

/**
 * The text with this block: replaced where it stands, else appended.
 * A last line without a newline gets one, and the block then goes without: this is how `dropBlock` restores every byte.
 */
export function putBlock(text: string, body: string, markers = HASH_MARKERS): string {
  const found = findBlock(text, markers);
  if (found.kind === 'damaged') throw new Error('a damaged block cannot be replaced');
  const newline = /\r\n[^\n]*$/.test(text) ? '\r\n' : '\n';
  const block = `${markers.start}\n${body}${markers.end}`.replaceAll('\n', newline);
  if (found.kind === 'found') {
    const ending = /\r?\n$/.exec(text.slice(found.start, found.end))?.[0] ?? '';
    return text.slice(0, found.start) + block + ending + text.slice(found.end);
  }
  return text === '' || text.endsWith('\n') ? text + block + newline : text + newline + block;
}

/** The text without its block; the newline that `putBlock` gave the line before goes with it. */
export function dropBlock(text: string, markers = HASH_MARKERS): string {
  const found = findBlock(text, markers);
  if (found.kind !== 'found') return text;
  const block = text.slice(found.start, found.end);
  let before = text.slice(0, found.start);
  if (!block.endsWith('\n')) {
    const added = block.startsWith(`${markers.start}\r\n`) ? '\r\n' : '\n';
    if (before.endsWith(added)) before = before.slice(0, -added.length);
  }
  return before + text.slice(found.end);
}

/** The text with the block's lines but without its markers: nobody's block any more. */
export function unwrapBlock(text: string, markers = HASH_MARKERS): string {
  const found = findBlock(text, markers);
  if (found.kind !== 'found') return text;
  const lines = text.slice(found.start, found.end).split(/(?<=\n)/);
  return text.slice(0, found.start) + lines.slice(1, -1).join('') + text.slice(found.end);
}

function splitLines(text: string): Line[] {
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
