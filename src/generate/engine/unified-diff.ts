import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** A difference of more lines than this is shown as everything replaced: finding a shorter one could take minutes. */
const MAX_CHANGED_LINES = 2000;

/**
 * What changes from one text to another, in the unified format with three lines of context; empty when nothing does.
 * Carriage returns are left out, a missing newline at the end is not told apart.
 */
export function unifiedDiff(path: string, from: string, to: string): string {
  const before = plain(from);
  const after = plain(to);
  if (before === after) return '';
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY, maxEditLength: MAX_CHANGED_LINES };
  return (
    createTwoFilesPatch(path, `${path} (generated)`, before, after, '', '', options) ?? replaced(path, before, after)
  );
}

function plain(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}

function replaced(path: string, before: string, after: string): string {
  const removed = before.split('\n').slice(0, -1);
  const added = after.split('\n').slice(0, -1);
  return [
    `--- ${path}`,
    `+++ ${path} (generated)`,
    `@@ -1,${removed.length} +1,${added.length} @@`,
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    '',
  ].join('\n');
}
