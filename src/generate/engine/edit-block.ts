import { findBlock, HASH_MARKERS, splitLines } from '../../manifest/managed-block.ts';

/** The text with this block: replaced where it stands, else on lines of its own behind everything. */
export function putBlock(text: string, body: string, markers = HASH_MARKERS): string {
  const found = findBlock(text, markers);
  if (found.kind === 'damaged') throw new Error('a damaged block cannot be replaced');
  const newline = newlineOf(text);
  const block = `${markers.start}\n${body}${markers.end}\n`.replaceAll('\n', newline);
  if (found.kind === 'found') return text.slice(0, found.start) + block + text.slice(found.end);
  return text === '' || text.endsWith('\n') ? text + block : text + newline + block;
}

/** The text with the block's lines but without its markers: they are the user's from now on. */
export function unwrapBlock(text: string, markers = HASH_MARKERS): string {
  const found = findBlock(text, markers);
  if (found.kind !== 'found') return text;
  const lines = text.slice(found.start, found.end).split(/(?<=\n)/);
  return text.slice(0, found.start) + lines.slice(1, -1).join('') + text.slice(found.end);
}

/**
 * The text without what an ejected block leaves: the lines of `body` word for word, where these are several, so that it
 * is not by chance that the user has them too.
 */
export function dropEjected(text: string, body: string): string {
  const lines = body.replaceAll('\n', newlineOf(text));
  const from = text.indexOf(lines);
  const isSeveral = body.trim().includes('\n');
  const beginsLine = from === 0 || text[from - 1] === '\n';
  return from !== -1 && isSeveral && beginsLine ? text.slice(0, from) + text.slice(from + lines.length) : text;
}

/** The text without the markers of damaged blocks, and without the lines of `body` that are joined to one. */
export function dropDamaged(text: string, body: string, markers = HASH_MARKERS): string {
  const own = new Set(splitLines(body).map((line) => line.text));
  const isMarker = (line: string) => line.trimEnd() === markers.start || line.startsWith(markers.end);
  let kept = '';
  let run: string[] = [];
  const endRun = () => {
    // What is glued to a marker is the user's.
    kept += run.some(isMarker) ? run.map((line) => behind(markers.end, line)).join('') : run.join('');
    run = [];
  };
  for (const line of text.split(/(?<=\n)/)) {
    if (isMarker(line) || own.has(line.trimEnd())) {
      run.push(line);
    } else {
      endRun();
      kept += line;
    }
  }
  endRun();
  return kept;
}

function behind(marker: string, line: string): string {
  const rest = line.startsWith(marker) ? line.slice(marker.length) : '';
  return rest.trim() === '' ? '' : rest;
}

function newlineOf(text: string): string {
  return /\r\n[^\n]*$/.test(text) ? '\r\n' : '\n';
}
