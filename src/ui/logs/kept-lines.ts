import type { StyleRun } from './parts-of-line.ts';

export interface LineDocument {
  readonly number: number;
  readonly service: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
  readonly level?: 'error' | 'warning';
  readonly styles?: readonly StyleRun[];
}

export interface PageDocument {
  /** Another one: the lines have other numbers than before. */
  readonly generation: number;
  readonly total: number;
  /** From this one on they are not finished yet, and may become others. */
  readonly settled: number;
  readonly lines: readonly LineDocument[];
}

/** More are forgotten, and fetched again when they are seen again. */
const MOST_KEPT = 10_000;

/** The lines that have been fetched, whichever, and in whatever order the answers come. */
export class KeptLines {
  #lines = new Map<number, LineDocument>();
  #generation = -1;
  #settled = 0;
  #total = 0;

  get total(): number {
    return this.#total;
  }

  at(number: number): LineDocument | undefined {
    return this.#lines.get(number);
  }

  take({ generation, total, settled, lines }: PageDocument): void {
    const isAnew = generation !== this.#generation;
    const isLate = !isAnew && settled < this.#settled;
    if (isAnew || this.#lines.size > MOST_KEPT) this.#lines = new Map();
    else for (let number = this.#settled; number < settled; number++) this.#lines.delete(number);
    this.#generation = generation;
    for (const line of lines) if (!isLate || line.number < settled) this.#lines.set(line.number, line);
    if (isLate) return;
    this.#settled = settled;
    this.#total = total;
  }

  /** Whether none is missing: in a flood there may be the last ones, and older ones, but not what came between. */
  hasAll(from: number, end: number): boolean {
    for (let number = from; number < end; number++) if (!this.#lines.has(number)) return false;
    return true;
  }
}
