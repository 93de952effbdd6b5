import { kindOfStream } from './kind-of-stream.ts';
import { type Paint, paintColoured, paintPlain } from './paint.ts';
import { isInteractive, wantsColour } from './wants-colour.ts';
import { type Written, writeFully } from './write-fully.ts';

/** Where a command's words go. Tests hand in one that remembers. */
export interface Screen {
  /** Writes lines to stdout: what a program may read. */
  out(...lines: readonly string[]): void;
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
export function openScreen(environment: Readonly<Record<string, string | undefined>>, onClosed: () => void): Screen {
  const [stdin, stdout, stderr] = [kindOfStream(STDIN), kindOfStream(STDOUT), kindOfStream(STDERR)];
  const write = (fd: number, lines: readonly string[]): Written =>
    lines.length === 0 ? 'written' : writeFully(fd, `${lines.join('\n')}\n`);
  return {
    out(...lines) {
      if (write(STDOUT, lines) === 'closed') onClosed();
    },
    note(...lines) {
      // A closed stderr is no reason to leave the work: only warnings are lost.
      write(STDERR, lines);
    },
    paintOut: wantsColour(stdout, environment) ? paintColoured : paintPlain,
    paintNote: wantsColour(stderr, environment) ? paintColoured : paintPlain,
    isWatched: isInteractive([stdout], environment),
    canAsk: isInteractive([stdin, stdout], environment),
  };
}
