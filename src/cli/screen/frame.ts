/**
 * Source: xterm control sequences: cursor position, erase line; synchronized output (mode 2026), which terminals that
 * do not know it ignore.
 */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const CLEAR_ROW = '\u001b[2K';

/** What makes the rows on a terminal those of now, only the ones that differ; empty: none does. */
export function frameBetween(before: readonly string[], now: readonly string[]): string {
  const changed = now.flatMap((row, index) =>
    row === before[index] ? [] : [`\u001b[${index + 1};1H${CLEAR_ROW}${row}`],
  );
  return changed.length === 0 ? '' : [BEGIN, ...changed, END].join('');
}
