import { closeSync, readSync } from 'node:fs';
import { decodeLine } from './line-splitter.ts';
import type { LogSegment } from './log-segments.ts';
import { openLog } from './open-log.ts';
import { readTimeIndex } from './time-index.ts';

/** Whole lines that lie behind each other in one file, and were written by the same moment. */
export interface LineBlock {
  readonly service: string;
  readonly log: string;
  /** Bytes: of its first one, and behind its last one. */
  readonly from: number;
  readonly until: number;
  readonly lines: number;
  /** Epoch ms. */
  readonly at: number;
}

/** One is read at once, to show any of its lines. */
const MOST_LINES = 500;
const MOST_BYTES = 128 * 1024;
/** Of a block with a line that is longer no more is shown. */
const MOST_READ_BYTES = 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 10;

interface Scanned {
  readonly service: string;
  readonly segment: LogSegment;
  /** The byte that a line begins with. */
  readonly from: number;
  /** `closed`: nothing more is written to it, so what stands behind its last newline is a line, too. */
  readonly ending: 'open' | 'closed';
}

/** The blocks of a file from a byte on. Reads it once, and only counts its lines. */
export function blocksOf({ service, segment, from, ending }: Scanned): readonly LineBlock[] {
  const { log, size, writtenAt } = segment;
  const descriptor = from < size ? openLog(log) : undefined;
  if (descriptor === undefined) return [];
  const times = readTimeIndex(segment.timeIndex);
  const blocks: LineBlock[] = [];
  let begun = { from, lines: 0, moment: times.momentAfter(from) };
  let end = from;
  const close = (): void => {
    const { lines, moment } = begun;
    if (lines > 0) blocks.push({ service, log, from: begun.from, until: end, lines, at: moment?.at ?? writtenAt });
    begun = { from: end, lines: 0, moment: times.momentAfter(end) };
  };
  try {
    for (const next of lineEnds(descriptor, from, size)) {
      end = next;
      begun.lines += 1;
      const isFull = begun.lines >= MOST_LINES || end - begun.from >= MOST_BYTES;
      if (isFull || end >= (begun.moment?.size ?? Number.POSITIVE_INFINITY)) close();
    }
  } finally {
    closeSync(descriptor);
  }
  if (ending === 'closed' && end < size) {
    end = size;
    begun.lines += 1;
  }
  close();
  return blocks;
}

/** The lines of a block, as they were written. */
export function readBlock({ log, from, until, lines }: LineBlock): readonly string[] {
  const descriptor = openLog(log);
  if (descriptor === undefined) return [];
  try {
    const bytes = Buffer.alloc(Math.min(until - from, MOST_READ_BYTES));
    const count = readSync(descriptor, bytes, 0, bytes.length, from);
    const texts: string[] = [];
    for (let at = 0; texts.length < lines && at < count; ) {
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline === -1 || newline >= count ? count : newline;
      texts.push(decodeLine(bytes.subarray(at, end)));
      at = end + 1;
    }
    return texts;
  } finally {
    closeSync(descriptor);
  }
}

/** The bytes behind each newline. */
function* lineEnds(descriptor: number, from: number, until: number): Generator<number, void> {
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, until - from));
  for (let at = from; at < until; ) {
    const count = readSync(descriptor, chunk, 0, Math.min(chunk.length, until - at), at);
    if (count === 0) return;
    const read = chunk.subarray(0, count);
    for (let newline = read.indexOf(NEWLINE); newline !== -1; newline = read.indexOf(NEWLINE, newline + 1)) {
      yield at + newline + 1;
    }
    at += count;
  }
}
