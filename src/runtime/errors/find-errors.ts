import { cleanText } from '../../base/clean-text.ts';
import type { PrintedError } from './error-row.ts';
import { ERROR_ROWS } from './error-rows.ts';

/** An error in the output of a server, and where in its log it begins. */
export interface LoggedError extends Omit<PrintedError, 'lineCount'> {
  readonly tool: string;
  /** Of its first line. */
  readonly line: LogText;
  /** As they were printed, without escapes. */
  readonly lines: readonly string[];
}

/** A line of a log. */
export interface LogText {
  readonly text: string;
  /** How many lines were read before it. */
  readonly order: number;
  /** Epoch ms by which it was written. */
  readonly at: number;
}

/** Characters of a line that are looked at: what stands behind them is data, not a message. */
const MAX_LINE_LENGTH = 2000;

/** The errors in a server's output, in the order in which they were printed. */
export function findErrors(log: readonly LogText[]): readonly LoggedError[] {
  const lines = log.map(({ text }) => cleanText(text.slice(0, MAX_LINE_LENGTH), 'plain').trimEnd());
  const found: LoggedError[] = [];
  for (let index = 0; index < lines.length; ) {
    const error = errorAt(lines, index);
    const line = log[index];
    if (error !== undefined && line !== undefined) {
      const { lineCount, ...rest } = error;
      found.push({ ...rest, line, lines: lines.slice(index, index + lineCount) });
    }
    index += error?.lineCount ?? 1;
  }
  return found;
}

function errorAt(lines: readonly string[], from: number): (PrintedError & { readonly tool: string }) | undefined {
  for (const { tool, read } of ERROR_ROWS) {
    const error = read(lines, from);
    if (error !== undefined) return { ...error, tool };
  }
  return undefined;
}
