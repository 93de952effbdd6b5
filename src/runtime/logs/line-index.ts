import { setImmediate as nextTurn } from 'node:timers/promises';
import { blocksOf, type LineBlock, readBlock } from './line-blocks.ts';
import { type LogSource, segmentsOf } from './log-segments.ts';
import type { LogLine } from './merge-logs.ts';
import { statLog } from './open-log.ts';

interface Place {
  /** How much of the current file is in the index. */
  readonly offset: number;
  /** Of the file that the log was last rotated to. */
  readonly rotated: number | undefined;
}

/** One that is shown, by its number. */
export interface NumberedLine extends LogLine {
  /** Counts from 0. */
  readonly number: number;
}

/** Of a line without an end no more is shown. */
const MOST_UNFINISHED_BYTES = 64 * 1024;
/** What was written a moment ago may go on at once, and would only flicker. */
const RESTING_MS = 200;

/**
 * The lines of several logs by number, in the order in which they were written, rotated files included: any of a
 * million is found without reading the others. What a service has not ended with a newline is no line yet.
 */
export class LineIndex {
  readonly #sources: readonly LogSource[];
  #blocks: LineBlock[] = [];
  /** By block: the number of its first line. */
  #firsts: number[] = [];
  #places = new Map<string, Place>();
  #total = 0;
  #generation = 0;
  #refreshing: Promise<void> | undefined;

  constructor(sources: readonly LogSource[]) {
    this.#sources = sources;
  }

  /** Changes when lines may have other numbers than before: a log was rotated or emptied. */
  get generation(): number {
    return this.#generation;
  }

  get total(): number {
    return this.#total;
  }

  /** Takes in what was written since the last time. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#takeIn().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Fewer where there are no more. */
  read(first: number, count: number): readonly NumberedLine[] {
    const lines: NumberedLine[] = [];
    const end = Math.min(this.#total, first + count);
    for (let block = this.#blockOf(first); block < this.#blocks.length && this.#firstOf(block) < end; block++) {
      for (const line of this.readBlock(block)) if (line.number >= first && line.number < end) lines.push(line);
    }
    return lines;
  }

  /**
   * What services have left without a newline, such as a question, behind the lines that have numbers of their own.
   * `now`: epoch ms.
   */
  unfinished(now: number): readonly NumberedLine[] {
    const lines = this.#sources.flatMap(({ service, log }) => {
      const from = this.#places.get(service)?.offset ?? 0;
      const { size = 0, mtimeMs = now } = statLog(log) ?? {};
      if (size <= from || now - mtimeMs < RESTING_MS) return [];
      const block = { service, log, from, until: Math.min(size, from + MOST_UNFINISHED_BYTES), lines: 1, at: mtimeMs };
      return readBlock(block).map((text) => ({ service, at: Math.round(mtimeMs), text }));
    });
    return lines.map((line, index) => ({ ...line, number: this.#total + index }));
  }

  /** The blocks' numbers, from the one that has a line on. */
  *blocksFrom(line: number, way: 'next' | 'previous'): Generator<number, void> {
    const step = way === 'next' ? 1 : -1;
    for (let block = this.#blockOf(line); block >= 0 && block < this.#blocks.length; block += step) yield block;
  }

  readBlock(number: number): readonly NumberedLine[] {
    const block = this.#blocks[number];
    if (block === undefined) return [];
    const { service, at } = block;
    const first = this.#firstOf(number);
    return readBlock(block).map((text, index) => ({ service, at, text, number: first + index }));
  }

  async #takeIn(): Promise<void> {
    if (this.#sources.some((source) => this.#isBegunAnew(source))) {
      this.#generation += 1;
      this.#blocks = [];
      this.#firsts = [];
      this.#places = new Map();
      this.#total = 0;
    }
    const found: LineBlock[] = [];
    for (const source of this.#sources) {
      found.push(...this.#blocksSince(source));
      await nextTurn(); // A log may have millions of lines, and others wait.
    }
    for (const block of found.sort((one, other) => one.at - other.at)) {
      this.#blocks.push(block);
      this.#firsts.push(this.#total);
      this.#total += block.lines;
    }
  }

  #blocksSince(source: LogSource): readonly LineBlock[] {
    const { service, log } = source;
    const known = this.#places.get(service);
    const segments = known === undefined ? segmentsOf(source) : segmentsOf(source).slice(-1);
    let latest = 0;
    const blocks = segments.flatMap((segment) => {
      const isCurrent = segment.log === log;
      const from = isCurrent ? (known?.offset ?? 0) : 0;
      return blocksOf({ service, segment, from, ending: isCurrent ? 'open' : 'closed' });
    });
    const last = blocks.at(-1);
    const offset = last?.log === log ? last.until : (known?.offset ?? 0);
    this.#places.set(service, { offset, rotated: statLog(`${log}.1`)?.ino });
    // No clock that was set puts lines of one service into another order.
    return blocks.map((block) => {
      latest = Math.max(latest, block.at);
      return { ...block, at: latest };
    });
  }

  #isBegunAnew({ service, log }: LogSource): boolean {
    const known = this.#places.get(service);
    if (known === undefined) return false;
    return (statLog(log)?.size ?? 0) < known.offset || statLog(`${log}.1`)?.ino !== known.rotated;
  }

  #firstOf(block: number): number {
    return this.#firsts[block] ?? this.#total;
  }

  /** The block that has a line; -1: before the first one. */
  #blockOf(line: number): number {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#firstOf(middle) <= line) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
