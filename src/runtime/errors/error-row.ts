/** A place in a source file as a tool printed it. */
export interface SourcePlace {
  readonly file: string;
  /** Counts from 1; `null`: only the file is named. */
  readonly line: number | null;
  readonly column: number | null;
}

/** An error as one tool prints it. */
export interface PrintedError {
  /** The exception's class, the compiler's code, or the tool's word for it: `SyntaxError`, `TS2304`, `panic`. */
  readonly kind: string;
  /** One line. */
  readonly message: string;
  /** The place that matters first: where it was thrown, then its callers. Empty: the tool names none. */
  readonly places: readonly SourcePlace[];
  /** How many lines it takes, the first one included. */
  readonly lineCount: number;
}

/** How the errors of one tool look. */
export interface ErrorRow {
  readonly tool: string;
  /** The error that begins with the line at `from`; `undefined`: none does. Lines carry no escape sequences. */
  read(lines: readonly string[], from: number): PrintedError | undefined;
}

/** More lines than any tool prints for one error: a block that does not end is none. */
export const MAX_BLOCK_LINES = 400;

/** A row for tools whose error is one line; groups of `pattern`: `kind`, `message`, `file`, `line`, `column`. */
export function oneLineRow(tool: string, pattern: RegExp, kind: string): ErrorRow {
  return {
    tool,
    read: (lines, from) => {
      const groups = pattern.exec(lines[from] ?? '')?.groups;
      if (groups === undefined) return undefined;
      const { message = '' } = groups;
      return { kind: groups.kind ?? kind, message, places: placeIn(lines[from] ?? '', pattern), lineCount: 1 };
    },
  };
}

/** The place that `pattern` finds in a line by its groups `file`, `line` and `column`; empty: it finds none. */
export function placeIn(line: string, pattern: RegExp): readonly SourcePlace[] {
  const groups = pattern.exec(line)?.groups;
  return groups?.file === undefined ? [] : [sourcePlace(groups.file, groups.line, groups.column)];
}

/** As the groups of a regular expression have it. */
export function sourcePlace(file: string, line?: string, column?: string): SourcePlace {
  return { file, line: line === undefined ? null : Number(line), column: column === undefined ? null : Number(column) };
}

/** How many lines from `from` on satisfy `holds`, one after the other. */
export function countWhile(lines: readonly string[], from: number, holds: (line: string) => boolean): number {
  let count = 0;
  for (; count < MAX_BLOCK_LINES; count++) {
    const line = lines[from + count];
    if (line === undefined || !holds(line)) break;
  }
  return count;
}
