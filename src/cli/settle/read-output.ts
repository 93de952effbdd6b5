import { cleanText } from '../../base/clean-text.ts';
import { findErrors, type LogText } from '../../runtime/errors/find-errors.ts';
import { LogCursor } from '../../runtime/logs/log-cursor.ts';
import type { LogSegment, LogSource } from '../../runtime/logs/log-segments.ts';
import { reactionsIn } from '../errors/reactions-in.ts';
import { linesSince } from '../errors/read-errors.ts';
import { compilingWord } from './is-compiling.ts';

/** What the output of a run has told so far; all in epoch ms, the oldest first. */
export interface Told {
  readonly reactedAt: readonly number[];
  readonly errorsAt: readonly number[];
  /** What was said last of compiling; `null`: nothing. */
  readonly compiling: { readonly at: number; readonly word: 'begun' | 'done' } | null;
}

/** An error may have been printed by half at the last look. */
const LONGEST_ERROR = 200;

/** Reads the output of a run that began at `startedAt`, and from then on what is added, once. */
export class OutputReader {
  readonly #source: LogSource;
  readonly #startedAt: number;
  #cursor: LogCursor | undefined;
  #tail: readonly LogText[] = [];
  #read = 0;
  #reactedAt: readonly number[] = [];
  readonly #errorsAt = new Map<number, number>();
  #compiling: Told['compiling'] = null;

  constructor(source: LogSource, startedAt: number) {
    this.#source = source;
    this.#startedAt = startedAt;
  }

  /** `newest`: the file of the log that is written to now. */
  readOn(newest: LogSegment): Told {
    this.#take(this.#cursor === undefined ? this.#readAll(newest) : this.#readAdded(this.#cursor, newest));
    return { reactedAt: this.#reactedAt, errorsAt: [...this.#errorsAt.values()], compiling: this.#compiling };
  }

  #readAll({ size }: LogSegment): readonly LogText[] {
    this.#cursor = new LogCursor(this.#source.log, size);
    const lines = linesSince(this.#source, this.#startedAt);
    this.#read = lines.length;
    return lines;
  }

  #readAdded(cursor: LogCursor, { writtenAt }: LogSegment): readonly LogText[] {
    const texts = cursor.sawRotation() ? [...cursor.finishRotated()] : [];
    for (let isAtEnd = false; !isAtEnd; ) {
      const portion = cursor.readOn();
      texts.push(...portion.lines);
      isAtEnd = portion.isAtEnd;
    }
    const before = this.#read;
    this.#read += texts.length;
    return texts.map((text, index) => ({ text, at: writtenAt, order: before + index }));
  }

  #take(lines: readonly LogText[]): void {
    if (lines.length === 0) return;
    this.#reactedAt = [...this.#reactedAt, ...reactionsIn(lines).map(({ at }) => at)];
    for (const { at, text } of lines) {
      const word = compilingWord(cleanText(text, 'plain'));
      if (word !== null) this.#compiling = { at, word };
    }
    const all = [...this.#tail, ...lines];
    for (const { line } of findErrors(all.map((line, order) => ({ ...line, order })))) {
      const found = all[line.order];
      if (found !== undefined) this.#errorsAt.set(found.order, found.at);
    }
    this.#tail = all.slice(-LONGEST_ERROR);
  }
}
