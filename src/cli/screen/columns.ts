import { cleanText } from '../../base/clean-text.ts';
import { textWidth } from './text-width.ts';

const GAP = '  ';

/** Lines up the cells of each column with spaces; colours do not count; nothing stands after the last cell. */
export function lineUp(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, lineWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - lineWidth(cell)))
      .join(GAP)
      .trimEnd(),
  );
}

/** How many columns a line takes, whose colours do not count. */
export function lineWidth(line: string): number {
  return textWidth(cleanText(line, 'plain'));
}
