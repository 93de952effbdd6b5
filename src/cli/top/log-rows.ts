import { cleanText } from '../../base/clean-text.ts';
import { lineWidth } from '../screen/columns.ts';
import { fitColumns, padColumns, wrapColumns } from '../screen/fit-columns.ts';
import { type Paint, serviceColour } from '../screen/paint.ts';
import { bottomIndex, isSought, shownLines, type TopLine, type TopState } from './top-state.ts';

/** The part of the screen that a log has. */
export interface Pane {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}

const MOST_GUTTER = 16;

/** The lines up to the last one that is to be shown, as many as there is room for. */
export function logRows(state: TopState, pane: Pane): readonly string[] {
  const lines = shownLines(state);
  let rows: readonly string[] = [];
  for (let index = bottomIndex(lines, state); index >= 0 && rows.length < pane.rows; index--) {
    const line = lines[index];
    if (line !== undefined) rows = [...rowsOf(line, state, pane), ...rows];
  }
  return rows.slice(Math.max(0, rows.length - pane.rows));
}

/** The first line that can be the last one shown: those before it fill no screen. */
export function topmostIndex(lines: readonly TopLine[], state: TopState, pane: Pane): number {
  let count = 0;
  for (const [index, line] of lines.entries()) {
    count += rowsOf(line, state, pane).length;
    if (count >= pane.rows) return index;
  }
  return lines.length - 1;
}

/** Whatever a line takes, its gutter stays free below its beginning. */
function rowsOf(line: TopLine, state: TopState, { columns, paint }: Pane): readonly string[] {
  const { services, chosen, sought, found, wrap } = state;
  const names = chosen === null ? services.map(({ name }) => name) : [];
  const longest = Math.min(MOST_GUTTER, Math.floor(columns / 3), Math.max(0, ...names.map(lineWidth)));
  const colour = serviceColour(names.indexOf(line.service));
  const name = longest < 3 ? '' : `${paint(colour, padColumns(line.service, longest))} `;
  const isFound = isSought(line, sought);
  const sign = line.number === found ? '»' : isFound ? '›' : ' ';
  const mark = sought === '' ? '' : `${paint('yellow', sign)} `;
  const gutter = `${mark}${name}`;
  const rest = columns - lineWidth(gutter);
  if (rest < 2) return [fitColumns(gutter, columns)];
  const text = isFound ? highlighted(line.text, sought, paint) : line.text;
  const rows = wrap === 'cut' ? [fitColumns(text, rest)] : [...wrapColumns(text, rest)];
  return rows.map((row, index) => (index === 0 ? gutter : ' '.repeat(lineWidth(gutter))) + row);
}

/** Without colours of its own, which may stand in the middle of it. */
function highlighted(text: string, sought: string, paint: Paint): string {
  const plain = cleanText(text, 'plain');
  const literal = sought.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return plain.replace(new RegExp(literal, 'giu'), (found) => paint('yellow', found));
}
