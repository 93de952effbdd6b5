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

/** As Node, Java and .NET, Ruby, Python, Rust and PHP print one. */
const FRAME = new RegExp(
  [
    '^\\s+at .*[(:<]|^\\s+\\.\\.\\. \\d+ (?:more|common)',
    '^\\s+from \\S+:\\d+:in ',
    '^\\s+File "[^"]+", line \\d+',
    '^\\s+\\d+: .*::',
    '^#\\d+ .*(?:\\(\\d+\\): |\\{main\\}$)',
  ].join('|'),
);
/** Go has a call and its place on a line each. */
const GO_CALL = /^(?:created by )?[\w./*()-]+/;
const GO_PLACE = /^\t\S+\.go:\d+/;
/** Of a frame before it: its source text, and marks below that. */
const OF_FRAME = /^\s{4,}\S/;
/** The innermost call is the last one. */
const PYTHON = /^\s+File "/;
/** Fewer hidden lines are not worth a row. */
const FEWEST = 3;

/** What is seen from a line on, in so many rows. */
export function rowsFrom(log: FoldableLog, from: number, most: number): readonly LogRowContent[] {
  const foldAt = foldsOf(log);
  const rows: LogRowContent[] = [];
  let next = from;
  while (next < log.total && rows.length < most) {
    const fold = foldAt(next);
    rows.push(fold === null ? { first: next, folded: 0 } : { first: fold.first, folded: fold.end - fold.first });
    next = fold?.end ?? next + 1;
  }
  return rows;
}

/** What is seen before a line, in at most so many rows, the nearest last. */
export function rowsBefore(log: FoldableLog, until: number, most: number): readonly LogRowContent[] {
  const foldAt = foldsOf(log);
  const rows: LogRowContent[] = [];
  let next = until;
  while (next > 0 && rows.length < most) {
    const fold = foldAt(next - 1);
    rows.unshift(fold === null ? { first: next - 1, folded: 0 } : { first: fold.first, folded: fold.end - fold.first });
    next = fold?.first ?? next - 1;
  }
  return rows;
}

/** What is folded of the stack trace that a line is of; `null`: the line is to be shown. */
function foldsOf(log: FoldableLog): (number: number) => Lines | null {
  let trace: Lines = { first: 0, end: 0 };
  return (number) => {
    if (number < trace.first || number >= trace.end) trace = traceAt(log, number);
    const fold = hiddenOf(log, trace);
    const isFolded = fold.end - fold.first >= FEWEST && !log.isOpen(trace.first, trace.end);
    return isFolded && fold.first <= number && number < fold.end ? fold : null;
  };
}

function hiddenOf({ at }: FoldableLog, { first, end }: Lines): Lines {
  if (!PYTHON.test(at(first)?.text ?? '')) return { first: first + 1, end };
  let last = end - 1;
  while (last > first && !PYTHON.test(at(last)?.text ?? '')) last--;
  return { first, end: last };
}

/** The frames that a line is among; none if it is no part of one. */
function traceAt(log: FoldableLog, number: number): Lines {
  const service = log.at(number)?.service;
  const isPart = (line: number): boolean => log.at(line)?.service === service && isOfTrace(log, line);
  let first = number;
  while (isPart(first - 1) && isPart(number)) first--;
  while (first <= number && !isFrame(log, first)) first++;
  if (first > number || !isPart(number)) return { first: number, end: number };
  let end = number + 1;
  while (isPart(end)) end++;
  return { first, end };
}

function isOfTrace(log: FoldableLog, line: number): boolean {
  const text = log.at(line)?.text;
  return text !== undefined && (isFrame(log, line) || OF_FRAME.test(text) || GO_PLACE.test(text));
}

function isFrame({ at }: FoldableLog, line: number): boolean {
  const text = at(line)?.text ?? '';
  return FRAME.test(text) || (GO_CALL.test(text) && GO_PLACE.test(at(line + 1)?.text ?? ''));
}
