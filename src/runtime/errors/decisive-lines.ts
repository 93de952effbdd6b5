import { findErrors, type LoggedError } from './find-errors.ts';

/** What a program wrote last, as far as it tells why it does not go on. */
export interface Decisive {
  readonly lines: readonly string[];
  /** The error that it ended with; `null`: none that is known. */
  readonly error: LoggedError | null;
}

/** What may follow on the error that decided: a reloader's words, a farewell. */
const MOST_BEHIND = 20;
/** A trace is told by both its ends. */
const MOST_LINES = 60;

/** The whole last error with what follows it, or else the last lines. */
export function decisiveLines(output: readonly string[], otherwise: number): Decisive {
  const lines = output.map((text, index) => ({ text, order: index, at: 0 }));
  const error = findErrors(lines).at(-1);
  const behind = error === undefined ? 0 : output.length - error.line.order - error.lines.length;
  if (error === undefined || behind > MOST_BEHIND) return { lines: output.slice(-otherwise), error: null };
  return { lines: shortened(output.slice(error.line.order)), error };
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  const half = MOST_LINES / 2;
  return [...lines.slice(0, half), `… ${lines.length - MOST_LINES} lines …`, ...lines.slice(-half)];
}
