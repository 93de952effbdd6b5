import { cleanText, type TextStyle } from '../../base/clean-text.ts';
import { mapTexts } from '../../base/map-texts.ts';
import { secretValues } from '../../base/redact-secrets.ts';
import type { OutputFormat } from '../arguments/output-format.ts';
import { EXIT } from '../output/exit-code.ts';
import { type BareScreen, hideSecrets } from './hide-secrets.ts';
import { kindOfStream } from './kind-of-stream.ts';
import { type Paint, paintColoured, paintPlain } from './paint.ts';
import { isInteractive, wantsColour } from './wants-colour.ts';
import { type Written, writeFully } from './write-fully.ts';

type Document = Readonly<Record<string, unknown>>;

/** What is written for an answer. */
export interface Answering {
  /** Writes lines that a person asked for: to stdout, unless a program reads that. */
  out(...lines: readonly string[]): void;
  /** Writes JSON documents to stdout, each on a line of its own. */
  data(...documents: readonly Document[]): void;
  /** Writes one JSON document to stdout, on many lines when a person looks at it. */
  document(document: Document): void;
}

/**
 * Where a command's words go: the one way out, on which escape sequences and control characters are taken out of every
 * text, colours and styles too where the stream shows none, and secrets. Tests hand in one that remembers.
 */
export interface Screen extends Answering {
  /** `json`: a program reads stdout; all that is meant for a person goes to stderr then. */
  readonly answers: OutputFormat;
  /** Writes lines to stderr: progress, warnings, mistakes. */
  note(...lines: readonly string[]): void;
  /** With secrets in it: for a service's own log, and for values that the user asks for by name. */
  readonly unmasked: Answering;
  /** The data without secrets, for what is to be cut: half of a secret is not known for one. */
  masked<Data>(data: Data): Data;
  /** A document as `data` would write it, for what is sent over a connection. */
  json(document: Document): string;
  /** A line as `out` would write it, for a page that is drawn. */
  shown(line: string): string;
  /** Writes our own control sequences, and lines that `shown` gave, as they are. */
  steer(stream: 'out' | 'note', text: string): void;
  readonly paintOut: Paint;
  readonly paintNote: Paint;
  /** A person watches stdout: a command may stay attached. */
  readonly isWatched: boolean;
  /** A person can also answer: a command may ask and read keys. */
  readonly canAsk: boolean;
  /** The same with these secrets masked, in place of those that the environment holds. */
  hiding(secrets: () => readonly string[]): Screen;
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
  let isFull = false;
  const toStdout = (text: string): void => {
    const written = text === '' ? 'written' : writeFully(STDOUT, text);
    if (written === 'closed') onClosed();
    if (written === 'full' && !isFull) failAtTheEnd();
    isFull ||= written === 'full';
  };
  // A closed stderr is no reason to leave the work: only warnings are lost.
  const toStderr = (text: string): Written => writeFully(STDERR, text);
  const lines = (style: TextStyle, each: readonly string[]): string =>
    each.map((line) => `${cleanText(line, style)}\n`).join('');
  const [ofStdout, ofStderr] = [dress(wantsColour(stdout, environment)), dress(wantsColour(stderr, environment))];
  const isWatched = isInteractive([stdout], environment);
  const note = (...each: readonly string[]): void => void toStderr(lines(ofStderr.style, each));
  const unmasked: Answering = {
    out: answers === 'json' ? note : (...each) => toStdout(lines(ofStdout.style, each)),
    data: (...documents) => toStdout(documents.map((each) => `${JSON.stringify(cleanData(each))}\n`).join('')),
    document: (each) => toStdout(`${JSON.stringify(cleanData(each), null, isWatched ? 2 : undefined)}\n`),
  };
  const screen: BareScreen = {
    ...unmasked,
    answers,
    note,
    unmasked,
    json: (each) => JSON.stringify(cleanData(each)),
    shown: (line) => cleanText(line, ofStdout.style),
    steer: (stream, text) => void (stream === 'out' ? toStdout(text) : toStderr(text)),
    paintNote: ofStderr.paint,
    paintOut: answers === 'json' ? ofStderr.paint : ofStdout.paint,
    isWatched,
    canAsk: answers === 'text' && isInteractive([stdin, stdout], environment),
  };
  return hideSecrets(screen, () => secretValues(environment));
}

/** What was begun is done all the same; but a script that goes by the exit code must not take it for the answer. */
function failAtTheEnd(): void {
  writeFully(STDERR, 'error: no space left for what goes to stdout; it is not complete\n');
  process.once('exit', (code) => {
    if (code === 0) process.exitCode = EXIT.failed;
  });
}

function dress(isColoured: boolean): { readonly style: TextStyle; readonly paint: Paint } {
  return isColoured ? { style: 'styled', paint: paintColoured } : { style: 'plain', paint: paintPlain };
}

function cleanData(document: Document): Document {
  return mapTexts(document, (text) => cleanText(text, 'plain'));
}
