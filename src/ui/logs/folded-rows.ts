import type { LineDocument } from './kept-lines.ts';

/** What stands in one row: a line, or how many of a stack trace are `folded` from there on; 0: it is the line. */
export interface LogRowContent {
  readonly first: number;
  readonly folded: number;
}

export interface FoldableLog {
  readonly total: number;
  /** `undefined`: it has not been fetched. */
  at(number: number): LineDocument | undefined;
  /** Whether the stack trace from one line until before another is shown whole. */
  isOpen(first: number, until: number): boolean;
}

interface Lines {
  readonly first: number;
  /** The first one that is not of them. */
  readonly end: number;
}

/** Node, Java and .NET, Ruby, Python, Rust, Go, PHP. */
const FRAME = /^(?:\s+(?:at |from |File "|\.\.\. \d+ |\d+: )|\t\/|#\d+ )/;
/** Of a frame before it: its source text, and marks below that. */
const OF_FRAME = /^\s{4,}\S/;
/** The innermost call is the last one. */
const PYTHON = /^\s+File "/;
/** Fewer are not worth a fold. */
const FEWEST = 4;
const LONGEST = 200;

/** What is seen from a line on, in so many rows. */
export function rowsFrom(log: FoldableLog, from: number, most: number): readonly LogRowContent[] {
  const rows: LogRowContent[] = [];
  let next = from;
  while (next < log.total && rows.length < most) {
    const fold = foldAt(log, next);
    if (fold !== null) {
      rows.push({ first: fold.first, folded: fold.end - fold.first });
      next = fold.end;
    } else rows.push({ first: next++, folded: 0 });
  }
  return rows;
}

/** What is seen of the end, in at most so many rows. */
export function lastRows(log: FoldableLog, most: number): readonly LogRowContent[] {
  for (let span = most; ; span *= 2) {
    const from = Math.max(0, log.total - span);
    const rows = rowsFrom(log, from, log.total);
    if (rows.length >= most || from === 0 || span > most * LONGEST) return rows.slice(-most);
  }
}

/** What is folded of the stack trace that a line is of; `null`: it is of none, or nothing is. */
function foldAt(log: FoldableLog, number: number): Lines | null {
  const trace = traceAt(log, number);
  if (trace === null || trace.end - trace.first < FEWEST || log.isOpen(trace.first, trace.end)) return null;
  const fold = hiddenOf(log, trace);
  return fold.first <= number && number < fold.end ? fold : null;
}

function hiddenOf({ at }: FoldableLog, { first, end }: Lines): Lines {
  if (!PYTHON.test(at(first)?.text ?? '')) return { first: first + 1, end };
  let last = end - 1;
  while (last > first && !PYTHON.test(at(last)?.text ?? '')) last--;
  return { first, end: last };
}

function traceAt(log: FoldableLog, number: number): Lines | null {
  const service = log.at(number)?.service;
  const isPart = (line: number): boolean => {
    const { service: whose, text = '' } = log.at(line) ?? {};
    return whose !== undefined && whose === service && (FRAME.test(text) || OF_FRAME.test(text));
  };
  let first = number;
  while (number - first < LONGEST && isPart(first) && isPart(first - 1)) first--;
  while (first <= number && !FRAME.test(log.at(first)?.text ?? '')) first++;
  if (first > number || !isPart(number)) return null;
  let end = number + 1;
  while (end - number < LONGEST && isPart(end)) end++;
  return { first, end };
}
