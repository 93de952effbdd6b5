import { type ErrorRow, MAX_BLOCK_LINES, oneLineRow, placeIn, type SourcePlace } from '../error-row.ts';

/** Source: docs.python.org, `traceback`: each frame is a `File` line, its code and markers indented deeper. */
const FRAME = /^\s+File "(?<file>[^"]+)", line (?<line>\d+)(?:, in .*)?$/;
const HEAD = /^Traceback \(most recent call last\):$/;
const END = /^(?<kind>[A-Za-z_][\w.]*)(?:: (?<message>.*))?$/;
const CHAIN = /^(?:During handling of the above exception|The above exception was the direct cause)/;

/** The last exception of a chain is what the program saw. */
const traceback: ErrorRow = {
  tool: 'python',
  read: (lines, from) => {
    if (!HEAD.test(lines[from] ?? '')) return undefined;
    const first = readFrames(lines, from + 1);
    if (first === undefined) return undefined;
    const next = from + 1 + first.lineCount;
    if (lines[next] === '' && CHAIN.test(lines[next + 1] ?? '')) {
      const later = traceback.read(lines, next + 3);
      if (later !== undefined) return { ...later, lineCount: next + 3 - from + later.lineCount };
    }
    return { ...first, lineCount: first.lineCount + 1 };
  },
};

/** What the parser cannot read is printed without a head. */
const syntaxError: ErrorRow = {
  tool: 'python',
  read: (lines, from) => (FRAME.test(lines[from] ?? '') ? readFrames(lines, from) : undefined),
};

function readFrames(lines: readonly string[], from: number) {
  const frames: SourcePlace[] = [];
  for (let index = from; index < from + MAX_BLOCK_LINES; index++) {
    const line = lines[index];
    if (line === undefined) return undefined;
    frames.unshift(...placeIn(line, FRAME));
    if (/^\s|^$/.test(line)) continue;
    const end = frames.length === 0 ? undefined : END.exec(line)?.groups;
    if (end === undefined) return undefined;
    const { kind = '', message = '' } = end;
    return { kind, message, places: frames, lineCount: index - from + 1 };
  }
  return undefined;
}

export const PYTHON_ROWS: readonly ErrorRow[] = [
  traceback,
  syntaxError,
  oneLineRow('uvicorn', /^ERROR:\s+(?<message>Error loading ASGI app\..*)$/, 'ImportError'),
  oneLineRow('uvicorn', /^ERROR:\s+\[Errno \d+\] (?<message>.*address already in use.*)$/, 'EADDRINUSE'),
  oneLineRow('flask', /^(?<message>Port \d+ is in use by another program\.).*$/, 'EADDRINUSE'),
  oneLineRow('python', /^\S*python[\d.]*: (?<message>No module named .*)$/, 'ModuleNotFoundError'),
];
