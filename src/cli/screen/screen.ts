import type { OutputFormat } from '../arguments/output-format.ts';
import { kindOfStream } from './kind-of-stream.ts';
import { type Paint, paintColoured, paintPlain } from './paint.ts';
import { isInteractive, wantsColour } from './wants-colour.ts';
import { type Written, writeFully } from './write-fully.ts';

/** Where a command's words go. Tests hand in one that remembers. */
export interface Screen {
  /** `json`: a program reads stdout; all that is meant for a person goes to stderr then. */
  readonly answers: OutputFormat;
  /** Writes lines that a person asked for: to stdout, unless a program reads that. */
  out(...lines: readonly string[]): void;
  /** Writes lines of JSON, each a document, to stdout. */
  data(...lines: readonly string[]): void;
  /** Writes lines to stderr: progress, warnings, mistakes. */
  note(...lines: readonly string[]): void;
  readonly paintOut: Paint;
  readonly paintNote: Paint;
  /** A person watches stdout: a command may stay attached. */
  readonly isWatched: boolean;
  /** A person can also answer: a command may ask and read keys. */
  readonly canAsk: boolean;
}

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

/** The process's own streams. `onClosed` is called when the reader of stdout has closed it. */
export function openScreen(
  environment: Readonly<Record<string, string | undefined>>,
  answers: OutputFormat,
  onClosed: () => void,
): Screen {
  const [stdin, stdout, stderr] = [kindOfStream(STDIN), kindOfStream(STDOUT), kindOfStream(STDERR)];
  const write = (fd: number, lines: readonly string[]): Written =>
    lines.length === 0 ? 'written' : writeFully(fd, `${lines.join('\n')}\n`);
  const data = (...lines: readonly string[]): void => {
    if (write(STDOUT, lines) === 'closed') onClosed();
  };
  // A closed stderr is no reason to leave the work: only warnings are lost.
  const note = (...lines: readonly string[]): void => void write(STDERR, lines);
  const paintNote = wantsColour(stderr, environment) ? paintColoured : paintPlain;
  const paintStdout = wantsColour(stdout, environment) ? paintColoured : paintPlain;
  return {
    answers,
    data,
    note,
    paintNote,
    ...(answers === 'json' ? { out: note, paintOut: paintNote } : { out: data, paintOut: paintStdout }),
    isWatched: isInteractive([stdout], environment),
    canAsk: answers === 'text' && isInteractive([stdin, stdout], environment),
  };
}
