import { closeSync, fstatSync, readSync } from 'node:fs';
import { LineSplitter } from './line-splitter.ts';
import { openLog, statLog } from './open-log.ts';

const BLOCK_BYTES = 64 * 1024;
/** At most so much is read at once. */
const PORTION_BYTES = 1024 * 1024;

/** A reader's place in a log that grows and is rotated by copying it to `NAME.log.1` and emptying it. */
export class LogCursor {
  readonly #path: string;
  readonly #rotatedPath: string;
  #offset: number;
  #splitter: LineSplitter;
  #rotated: number | undefined;

  constructor(path: string, offset: number) {
    this.#path = path;
    this.#rotatedPath = `${path}.1`;
    this.#offset = offset;
    this.#splitter = new LineSplitter(offset);
    this.#rotated = inodeOf(this.#rotatedPath);
  }

  /**
   * Whether the log was put aside since the last `finishRotated`; its content may not be complete there for a moment.
   */
  sawRotation(): boolean {
    const inode = inodeOf(this.#rotatedPath);
    return inode !== undefined && inode !== this.#rotated;
  }

  /** The rest of what was put aside; after it the cursor stands at the beginning of the emptied log. */
  finishRotated(): readonly string[] {
    this.#rotated = inodeOf(this.#rotatedPath);
    const lines: string[] = [];
    for (;;) {
      const portion = this.#read(this.#rotatedPath);
      lines.push(...portion.lines);
      if (portion.isAtEnd) break;
    }
    this.#offset = 0;
    return lines;
  }

  /** What was added; `isAtEnd` is false when there is more than one portion. */
  readOn(): { readonly lines: readonly string[]; readonly isAtEnd: boolean } {
    const size = statLog(this.#path)?.size ?? 0;
    if (size < this.#offset) {
      this.#offset = 0; // Emptied, and nothing of it was kept.
      this.#splitter = new LineSplitter(0);
    }
    return this.#read(this.#path);
  }

  #read(path: string): { readonly lines: readonly string[]; readonly isAtEnd: boolean } {
    const descriptor = openLog(path);
    if (descriptor === undefined) return { lines: [], isAtEnd: true };
    try {
      const { size } = fstatSync(descriptor);
      const end = Math.min(size, this.#offset + PORTION_BYTES);
      const lines: string[] = [];
      while (this.#offset < end) {
        const block = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, end - this.#offset));
        const count = readSync(descriptor, block, 0, block.length, this.#offset);
        if (count === 0) break;
        this.#offset += count;
        for (const { text } of this.#splitter.push(block.subarray(0, count))) lines.push(text);
      }
      return { lines, isAtEnd: this.#offset >= size || end > this.#offset };
    } finally {
      closeSync(descriptor);
    }
  }
}

function inodeOf(path: string): number | undefined {
  return statLog(path)?.ino;
}
