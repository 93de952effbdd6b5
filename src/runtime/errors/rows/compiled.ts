import { countWhile, type ErrorRow, oneLineRow, placeIn } from '../error-row.ts';

const PANIC = /^panic: (?<message>.*)$/;
const GO_PLACE = /^\t(?<file>.+\.go):(?<line>\d+)(?: \+0x[\da-f]+)?$/;

/** Source: pkg.go.dev/runtime/debug: each frame is a call, and below it, after a tab, its place. */
const goPanic: ErrorRow = {
  tool: 'go',
  read: (lines, from) => {
    const message = PANIC.exec(lines[from] ?? '')?.groups?.message;
    if (message === undefined) return undefined;
    const head = countWhile(lines, from + 1, (line) => !/^goroutine \d+ \[/.test(line));
    if (lines[from + 1 + head] === undefined || head > 10) return { kind: 'panic', message, places: [], lineCount: 1 };
    const start = from + 2 + head;
    const count = countWhile(lines, start, (line) => line !== '' && !/^exit status/.test(line));
    const places = lines.slice(start, start + count).flatMap((line) => placeIn(line, GO_PLACE));
    return { kind: 'panic', message, places, lineCount: start + count - from };
  },
};

/** Since Rust 1.73 the message stands below the place. */
const rustPanic: ErrorRow = {
  tool: 'rust',
  read: (lines, from) => {
    const head = /^thread '.*'(?: \(\d+\))? panicked at (?<file>.+?):(?<line>\d+):(?<column>\d+):$/;
    const places = placeIn(lines[from] ?? '', head);
    const message = lines[from + 1];
    return places.length === 0 || message === undefined ? undefined : { kind: 'panic', message, places, lineCount: 2 };
  },
};

const rustc: ErrorRow = {
  tool: 'rust',
  read: (lines, from) => {
    const { kind, message } = /^error(?:\[(?<kind>E\d+)\])?: (?<message>.*)$/.exec(lines[from] ?? '')?.groups ?? {};
    const places = placeIn(lines[from + 1] ?? '', /^\s*--> (?<file>.+?):(?<line>\d+):(?<column>\d+)$/);
    if (message === undefined || places.length === 0) return undefined;
    const lineCount = 2 + countWhile(lines, from + 2, (line) => line !== '');
    return { kind: kind ?? 'error', message, places, lineCount };
  },
};

const GO_COMPILER = /^(?<file>[^\s:]+\.go):(?<line>\d+):(?<column>\d+): (?<message>.*)$/;
const JAVAC = /^(?<file>\S+\.(?:java|kt|scala|groovy)):(?<line>\d+): error: (?<message>.*)$/;
const MAVEN = /^\[ERROR\] (?<file>\/\S+):\[(?<line>\d+),(?<column>\d+)\] (?<message>.*)$/;
/** The project that it was built for stands at the end, in brackets. */
const MSBUILD = new RegExp(
  [
    /^(?<file>\S.*\.(?:[cfv][sb]|\w*html|razor))\((?<line>\d+),(?<column>\d+)\)/,
    /: error (?<kind>\w+): (?<message>.*?)(?: \[.*\])?$/,
  ]
    .map(({ source }) => source)
    .join(''),
);

export const COMPILED_ROWS: readonly ErrorRow[] = [
  goPanic,
  oneLineRow('go', GO_COMPILER, 'compile error'),
  rustPanic,
  rustc,
  oneLineRow('java', JAVAC, 'compile error'),
  oneLineRow('maven', MAVEN, 'compile error'),
  oneLineRow('dotnet', MSBUILD, 'error'),
];
