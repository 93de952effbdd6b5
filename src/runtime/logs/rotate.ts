import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { errorCode } from '../../platform/error-code.ts';
import { openRegularFile } from '../../platform/regular-file.ts';

export interface Rotation {
  readonly maxBytes: number;
  /** How many older files are kept beside the current one. */
  readonly keepFiles: number;
  /** The log's sidecar of times, which moves along; `null`: it has none. */
  readonly timeIndex: string | null;
}

/** `emptied`: nothing of it was kept, because none is to be kept or the disk is full. */
export type RotationOutcome = 'small' | 'rotated' | 'emptied';

/** A log that was not rotated for long may be enormous: above this many times `maxBytes` only its end is kept. */
const WHOLE_UP_TO = 4;
const BLOCK_BYTES = 1024 * 1024;

/**
 * Moves the content of a log that has grown too large to `NAME.log.1`, older ones one number up, and empties it. The
 * file itself stays, because its writers have it open; they must append (O_APPEND), or they leave a hole. What is
 * written between the last read and the cut is lost: nothing at the pace of a dev server (2,000 lines/s measured),
 * hundreds of lines at each rotation under a flood that never pauses. Looking again right before the cut does not help:
 * it is the cut itself that waits for its turn among the writers, for up to 30 ms.
 */
export function rotateIfLarge(path: string, rotation: Rotation): RotationOutcome {
  const { maxBytes, keepFiles, timeIndex } = rotation;
  // A link has its own size; what it leads to is not ours to move.
  const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= maxBytes) return 'small';
  const descriptor = openRegularFile(path, constants.O_RDWR);
  try {
    const isKept = keepFiles > 0 && moveAside(descriptor, path, rotation);
    ftruncateSync(descriptor, 0);
    if (timeIndex !== null && isKept) shiftTimeIndex(timeIndex, keepFiles);
    else if (timeIndex !== null) rmSync(timeIndex, { force: true });
    return isKept ? 'rotated' : 'emptied';
  } finally {
    closeSync(descriptor);
  }
}

/** Copies everything, then under its final name what came meanwhile. `false`: there is no room for a copy. */
function moveAside(source: number, path: string, { maxBytes, keepFiles }: Rotation): boolean {
  const temporary = `${path}.rotating`;
  const copy = openRegularFile(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600);
  try {
    const { size } = fstatSync(source);
    const from = size > WHOLE_UP_TO * maxBytes ? lineStartAfter(source, size - maxBytes) : 0;
    const copied = copyRest(source, copy, from);
    shiftOlder(path, keepFiles);
    renameSync(temporary, `${path}.1`);
    copyRest(source, copy, copied);
    return true;
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '')) throw error;
    return false; // A full disk would end the service at its next line; its old lines are worth less.
  } finally {
    closeSync(copy);
  }
}

/** Returns the offset up to which it has copied. */
function copyRest(source: number, copy: number, from: number): number {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let at = from;
  for (;;) {
    const count = readSync(source, block, 0, BLOCK_BYTES, at);
    if (count === 0) return at;
    for (let written = 0; written < count; ) written += writeSync(copy, block, written, count - written);
    at += count;
  }
}

function lineStartAfter(source: number, offset: number): number {
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  const count = readSync(source, block, 0, BLOCK_BYTES, offset);
  const newline = block.subarray(0, count).indexOf(10);
  return newline === -1 ? offset : offset + newline + 1;
}

/** `NAME.1` becomes `NAME.2` and so on; the oldest is overwritten. */
function shiftOlder(path: string, keepFiles: number): void {
  for (let age = keepFiles - 1; age >= 1; age--) {
    if (isThere(`${path}.${age}`)) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
  }
}

/** As the log's files; where one is missing none may take its place, for it would tell the times of another file. */
function shiftTimeIndex(path: string, keepFiles: number): void {
  for (let age = keepFiles - 1; age >= 0; age--) {
    const from = age === 0 ? path : `${path}.${age}`;
    rmSync(`${path}.${age + 1}`, { force: true });
    if (isThere(from)) renameSync(from, `${path}.${age + 1}`);
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
