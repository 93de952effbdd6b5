import { lineWidth } from './columns.ts';
import { textWidth } from './text-width.ts';

/** A style, or one character. Source: ECMA-48, 8.3.117 (SGR). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence.
const PIECE = /\u001b\[[0-9;:]*m|./gsu;
const RESET = '\u001b[0m';

/** The rows that a line takes of so many columns, at least 2; each begins and ends its styles by itself. */
export function* wrapColumns(line: string, columns: number): Generator<string, void> {
  const styles = new Map<string, string>();
  let row = '';
  let width = 0;
  const ended = (): string => (styles.size === 0 ? row : `${row}${RESET}`);
  for (const [piece] of line.matchAll(PIECE)) {
    if (piece.startsWith('\u001b')) {
      apply(piece, styles);
      row += piece;
      continue;
    }
    const character = piece < ' ' ? ' ' : piece;
    const taken = textWidth(character);
    if (width + taken > columns) {
      yield ended();
      row = [...styles.values()].join('');
      width = 0;
    }
    row += character;
    width += taken;
  }
  yield ended();
}

/** As much of the line as fits into so many columns, which a mark at its end tells. */
export function fitColumns(line: string, columns: number): string {
  if (columns < 3) return '';
  const rows = wrapColumns(line, columns);
  const first = rows.next().value ?? '';
  if (rows.next().done === true) return first;
  return `${wrapColumns(line, columns - 1).next().value ?? ''}…`;
}

/** The same, with spaces up to there. */
export function padColumns(line: string, columns: number): string {
  const fitting = fitColumns(line, columns);
  return fitting + ' '.repeat(Math.max(0, columns - lineWidth(fitting)));
}

/** Of each kind the last one counts, so that a row never has to begin with all that the line ever said. */
function apply(style: string, styles: Map<string, string>): void {
  const code = Number(/\d+/.exec(style)?.[0] ?? 0);
  if (code === 0) styles.clear();
  if (/^\D*0?m$/.test(style)) return;
  const isForeground = (code >= 30 && code <= 39) || (code >= 90 && code <= 97);
  const isBackground = (code >= 40 && code <= 49) || (code >= 100 && code <= 107);
  const kind = isForeground ? 'foreground' : isBackground ? 'background' : String(code);
  styles.delete(kind);
  styles.set(kind, style);
}
