const CONTEXT = 3;
/** Beyond this many comparisons the changed middle is shown as replaced whole. */
const MAX_CELLS = 4_000_000;

type Edit = { readonly kind: ' ' | '-' | '+'; readonly line: string };

/**
 * What changes from one text to another, in the unified format with three lines of context; empty when nothing does.
 * Carriage returns are left out, a missing newline at the end is not told apart.
 */
export function unifiedDiff(path: string, from: string, to: string): string {
  const edits = compare(linesOf(from), linesOf(to));
  const hunks = hunksOf(edits);
  if (hunks.length === 0) return '';
  return `--- ${path}\n+++ ${path} (generated)\n${hunks.join('')}`;
}

function linesOf(text: string): string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function compare(from: readonly string[], to: readonly string[]): Edit[] {
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head++;
  let tail = 0;
  while (tail < from.length - head && tail < to.length - head && from.at(-1 - tail) === to.at(-1 - tail)) tail++;
  const same = (lines: readonly string[]): Edit[] => lines.map((line) => ({ kind: ' ', line }));
  return [
    ...same(from.slice(0, head)),
    ...compareMiddle(from.slice(head, from.length - tail), to.slice(head, to.length - tail)),
    ...same(from.slice(from.length - tail)),
  ];
}

/** Longest common subsequence, by the table of its lengths from the end. */
function compareMiddle(from: readonly string[], to: readonly string[]): Edit[] {
  const removed = from.map((line): Edit => ({ kind: '-', line }));
  const added = to.map((line): Edit => ({ kind: '+', line }));
  if (from.length === 0 || to.length === 0 || from.length * to.length > MAX_CELLS) return [...removed, ...added];
  const width = to.length + 1;
  const lengths = new Uint32Array((from.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = from.length - 1; row >= 0; row--) {
    for (let column = to.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        from[row] === to[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const edits: Edit[] = [];
  let row = 0;
  let column = 0;
  while (row < from.length || column < to.length) {
    if (row < from.length && column < to.length && from[row] === to[column]) {
      edits.push({ kind: ' ', line: from[row++] ?? '' });
      column++;
    } else if (column >= to.length || (row < from.length && lengthAt(row + 1, column) >= lengthAt(row, column + 1))) {
      edits.push({ kind: '-', line: from[row++] ?? '' });
    } else {
      edits.push({ kind: '+', line: to[column++] ?? '' });
    }
  }
  return edits;
}

function hunksOf(edits: readonly Edit[]): string[] {
  const shown = edits.map((_, index) => edits.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(isChange));
  const hunks: string[] = [];
  let start = shown.indexOf(true);
  while (start !== -1) {
    const end = shown.indexOf(false, start);
    const stop = end === -1 ? edits.length : end;
    hunks.push(renderHunk(edits, start, stop));
    start = shown.indexOf(true, stop);
  }
  return hunks;
}

function renderHunk(edits: readonly Edit[], start: number, stop: number): string {
  const range = (without: Edit['kind']): string => {
    const before = edits.slice(0, start).filter((edit) => edit.kind !== without).length;
    const count = edits.slice(start, stop).filter((edit) => edit.kind !== without).length;
    return `${count === 0 ? before : before + 1},${count}`;
  };
  const lines = edits.slice(start, stop).map((edit) => `${edit.kind}${edit.line}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}

function isChange(edit: Edit): boolean {
  return edit.kind !== ' ';
}
