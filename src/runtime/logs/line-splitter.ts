const NEWLINE = 10;
/** A longer line is given in pieces, so that a program that never ends a line does not fill our memory. */
const LONGEST_LINE_BYTES = 256 * 1024;

export interface PlacedLine {
  readonly text: string;
  /** Byte offset of its first character in the file. */
  readonly start: number;
}

/** Cuts a stream of bytes into lines; keeps no more than one unfinished line. */
export class LineSplitter {
  #carry: Buffer = Buffer.alloc(0);
  #start: number;

  /** `start`: offset of the first byte to come. */
  constructor(start: number) {
    this.#start = start;
  }

  /** The lines that these bytes complete. The block may be reused afterwards. */
  push(block: Buffer): readonly PlacedLine[] {
    const lines: PlacedLine[] = [];
    let bytes = this.#carry.length === 0 ? block : Buffer.concat([this.#carry, block]);
    for (let newline = bytes.indexOf(NEWLINE); newline !== -1; newline = bytes.indexOf(NEWLINE)) {
      lines.push(this.#take(bytes.subarray(0, newline), 1));
      bytes = bytes.subarray(newline + 1);
    }
    while (bytes.length > LONGEST_LINE_BYTES) {
      const piece = bytes.subarray(0, characterBoundary(bytes, LONGEST_LINE_BYTES));
      lines.push(this.#take(piece, 0));
      bytes = bytes.subarray(piece.length);
    }
    this.#carry = Buffer.from(bytes);
    return lines;
  }

  /** What is there of the unfinished line. */
  rest(): { readonly bytes: Buffer; readonly start: number } {
    return { bytes: this.#carry, start: this.#start };
  }

  #take(bytes: Buffer, separatorBytes: number): PlacedLine {
    const line = { text: decodeLine(bytes), start: this.#start };
    this.#start += bytes.length + separatorBytes;
    return line;
  }
}

/** Without the carriage return that programs made for Windows leave. */
export function decodeLine(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** The last place at or before `at` where no UTF-8 character is cut in two. */
function characterBoundary(bytes: Buffer, at: number): number {
  let boundary = at;
  while (boundary > at - 4 && ((bytes[boundary] ?? 0) & 0xc0) === 0x80) boundary--;
  return boundary;
}
