import { closeSync, constants, fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { openRegularFile } from '../../platform/regular-file.ts';
import { longestRise } from './longest-rise.ts';
import { logTrouble, openLog } from './open-log.ts';

/** Two unsigned 48-bit little-endian numbers: a size of the log, and the epoch ms at which it had that size. */
const ENTRY_BYTES = 12;
/** Only the newest entries of a longer index are read: a third of a million moments. */
const LONGEST_READ_BYTES = 4 * 1024 * 1024;

export interface LogMoment {
  /** How many bytes the log had. */
  readonly size: number;
  /** Epoch ms. */
  readonly at: number;
}

/**
 * When which part of a log was written, as far as it was noted. Moments that fit no others, of a clock that was set, do
 * not count.
 */
export interface TimeIndex {
  /** The first moment that was noted; `undefined`: there is none. */
  readonly begunAt: number | undefined;
  /** By when the byte at `offset` was written; `undefined`: nothing was noted after it. */
  timeOf(offset: number): number | undefined;
  /** The moment that was noted next after the byte at `offset` was written, with how much else was there by then. */
  momentAfter(offset: number): LogMoment | undefined;
  /** From which byte on everything was written at `time` or later; a little before that at worst. */
  offsetAt(time: number): number;
}

/**
 * Notes how large the log is now; call it at most every 50 ms. A log that did not grow adds nothing; one that shrank
 * begins a new index, and so does an index that is damaged.
 */
export function appendTimeIndex(path: string, { size, at }: LogMoment): void {
  const descriptor = openRegularFile(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
  try {
    const length = fstatSync(descriptor).size;
    const last = length >= ENTRY_BYTES ? readEntry(descriptor, length - ENTRY_BYTES) : { size: 0, at: 0 };
    const isBroken = length % ENTRY_BYTES !== 0 || size < last.size;
    if (isBroken) ftruncateSync(descriptor, 0);
    if (size === 0 || (size === last.size && !isBroken)) return;
    const entry = Buffer.allocUnsafe(ENTRY_BYTES);
    entry.writeUIntLE(size, 0, 6);
    entry.writeUIntLE(at, 6, 6);
    writeSync(descriptor, entry);
  } finally {
    closeSync(descriptor);
  }
}

/** The index as it is now; one that is missing knows no times. */
export function readTimeIndex(path: string): TimeIndex {
  const entries = readEntries(path);
  const noted = Math.floor(entries.length / ENTRY_BYTES);
  const kept = rising(noted, (entry) => entries.readUIntLE(entry * ENTRY_BYTES + 6, 6));
  const count = kept?.length ?? noted;
  const positionOf = (entry: number): number => (kept?.[entry] ?? entry) * ENTRY_BYTES;
  const sizeAt = (entry: number): number => entries.readUIntLE(positionOf(entry), 6);
  const timeAt = (entry: number): number => entries.readUIntLE(positionOf(entry) + 6, 6);
  const momentAfter = (offset: number): LogMoment | undefined => {
    const entry = firstWhere(count, (candidate) => sizeAt(candidate) > offset);
    return entry === count ? undefined : { size: sizeAt(entry), at: timeAt(entry) };
  };
  return {
    begunAt: count === 0 ? undefined : timeAt(0),
    timeOf: (offset) => momentAfter(offset)?.at,
    momentAfter,
    offsetAt(time) {
      const entry = firstWhere(count, (candidate) => timeAt(candidate) >= time);
      return entry === 0 ? 0 : sizeAt(entry - 1);
    },
  };
}

/** The entries whose times make sense together; `undefined`: all, as nearly always. */
function rising(count: number, timeAt: (entry: number) => number): readonly number[] | undefined {
  for (let entry = 1; entry < count; entry++) if (timeAt(entry) < timeAt(entry - 1)) return longestRise(count, timeAt);
  return undefined;
}

function readEntry(descriptor: number, position: number): LogMoment {
  const entry = Buffer.alloc(ENTRY_BYTES);
  readSync(descriptor, entry, 0, ENTRY_BYTES, position);
  return { size: entry.readUIntLE(0, 6), at: entry.readUIntLE(6, 6) };
}

function readEntries(path: string): Buffer {
  // Without an index that can be read the lines have no times, and no more is lost.
  const descriptor = logTrouble(path) === null ? openLog(path) : undefined;
  if (descriptor === undefined) return Buffer.alloc(0);
  try {
    const whole = Math.floor(fstatSync(descriptor).size / ENTRY_BYTES) * ENTRY_BYTES;
    const length = Math.min(whole, Math.floor(LONGEST_READ_BYTES / ENTRY_BYTES) * ENTRY_BYTES);
    const entries = Buffer.alloc(length);
    const count = readSync(descriptor, entries, 0, length, whole - length);
    return entries.subarray(0, count);
  } finally {
    closeSync(descriptor);
  }
}

/** The first of `count` for which it is true, when it is false before and true after; `count` when for none. */
function firstWhere(count: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
