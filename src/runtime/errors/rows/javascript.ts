import {
  countWhile,
  type ErrorRow,
  oneLineRow,
  type PrintedError,
  placeIn,
  type SourcePlace,
  sourcePlace,
} from '../error-row.ts';

/** `TypeError: text`, `Error [ERR_X]: text`, also behind words of the program's own (`request failed TypeError: …`). */
const HEADER =
  /^(?:.*?[\s:])?(?<kind>(?:[A-Z]\w*)?(?:Error|Exception))(?: \[(?<code>[A-Z_]+)\])?(?:: (?<message>.*))?$/;
/** Source: v8.dev/docs/stack-trace-api: `at NAME (FILE:LINE:COLUMN)` or `at FILE:LINE:COLUMN`. */
const FRAME = /^\s+at (?:.*\()?(?:file:\/\/)?(?<file>[^()]+?):(?<line>\d+):(?<column>\d+)\)?(?: \{)?$/;
const IS_FRAME = /^\s+(?:at .*|\.\.\. \d+ lines matching cause stack trace \.\.\.)$/;
/** The line above the excerpt that Node prints for what nothing caught. */
const EXCERPT = /^(?:file:\/\/)?(?<file>(?:\/|node:|[A-Z]:\\).*):(?<line>\d+)$/;
const EXCERPT_LINES = 7;
const MESSAGE_LINES = 30;

const uncaught: ErrorRow = {
  tool: 'node',
  read: (lines, from) => {
    const place = EXCERPT.exec(lines[from] ?? '')?.groups;
    if (place === undefined) return undefined;
    for (let offset = 2; offset <= EXCERPT_LINES; offset++) {
      const error = readStack(lines, from + offset);
      if (error === undefined) continue;
      const excerpt = sourcePlace(place.file ?? '', place.line);
      const isParsers = error.kind === 'SyntaxError';
      const places = isParsers ? [excerpt, ...error.places] : [...error.places, excerpt];
      return { ...error, places, lineCount: offset + error.lineCount };
    }
    return undefined;
  },
};

const printed: ErrorRow = { tool: 'node', read: readStack };

/** A header, the rest of its message, frames, and the properties that Node prints behind them. */
function readStack(lines: readonly string[], from: number): PrintedError | undefined {
  const header = HEADER.exec(lines[from] ?? '')?.groups;
  if (header === undefined) return undefined;
  const messageCount = 1 + countWhile(lines, from + 1, (line) => !/^\s+at /.test(line) && line !== '');
  if (messageCount > MESSAGE_LINES) return undefined;
  const frameCount = countWhile(lines, from + messageCount, (line) => IS_FRAME.test(line));
  if (frameCount === 0) return undefined;
  const frames = lines
    .slice(from + messageCount, from + messageCount + frameCount)
    .flatMap((line) => placeIn(line, FRAME));
  const told = toldByMessage(lines.slice(from, from + messageCount));
  const lineCount = messageCount + frameCount;
  const { kind = '', code, message = '' } = header;
  return {
    kind: code ?? kind,
    message: told.message ?? message,
    places: [...told.places, ...frames],
    lineCount: lineCount + propertiesBehind(lines, from + lineCount),
  };
}

/** esbuild's own errors, and the file that imports what is missing, stand in the message. */
function toldByMessage(lines: readonly string[]): {
  readonly message?: string;
  readonly places: readonly SourcePlace[];
} {
  const text = lines.join('\n');
  const inner = /^(.+):(\d+):(\d+): ERROR: (.*)$/m.exec(text);
  if (inner !== null) return { message: inner[4] ?? '', places: [sourcePlace(inner[1] ?? '', inner[2], inner[3])] };
  const importer = / imported from (\/.*)$/m.exec(text)?.[1];
  return { places: importer === undefined ? [] : [sourcePlace(importer)] };
}

/** `Emitted 'error' event …` with frames of its own, and the block from `{` to `}`. */
function propertiesBehind(lines: readonly string[], from: number): number {
  const emitted = /^Emitted '/.test(lines[from] ?? '')
    ? 1 + countWhile(lines, from + 1, (line) => IS_FRAME.test(line))
    : 0;
  if (!(lines[from + emitted - 1] ?? '').endsWith('{')) return emitted;
  const inside = countWhile(lines, from + emitted, (line) => line !== '}');
  return lines[from + emitted + inside] === '}' ? emitted + inside + 1 : emitted;
}

const TYPESCRIPT_PLAIN = /^(?<file>[^\s(][^(]*)\((?<line>\d+),(?<column>\d+)\): error (?<kind>TS\d+): (?<message>.*)$/;
const TYPESCRIPT_PRETTY = /^(?<file>\S.*?):(?<line>\d+):(?<column>\d+) - error (?<kind>TS\d+): (?<message>.*)$/;

export const JAVASCRIPT_ROWS: readonly ErrorRow[] = [
  uncaught,
  printed,
  oneLineRow('typescript', TYPESCRIPT_PLAIN, 'TS'),
  oneLineRow('typescript', TYPESCRIPT_PRETTY, 'TS'),
];
