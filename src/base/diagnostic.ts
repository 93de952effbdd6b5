/**
 * Something the user can fix: what is wrong, where, and what to do next.
 * `cli/` prints it; nothing below prints.
 */
export interface Diagnostic {
  /** Stable kebab-case code, for example `config/unknown-key`. */
  readonly code: string;
  /** One sentence, lower case, without a full stop; the user's own values stand in backticks. */
  readonly message: string;
  /** What to do next, as a sentence; absent only when the message already says it. */
  readonly hint?: string;
  readonly place?: Place;
}

/** Where in a file of the user's a diagnostic points. */
export interface Place {
  /** Relative to the project root, `/` between the parts. */
  readonly file: string;
  readonly position?: Position;
}

/** Lines and columns count from 1; the excerpt is the whole source line; `length` is in UTF-16 units, at least 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly excerpt: string;
}
