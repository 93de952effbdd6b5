import { askFor } from '../data/ask.ts';
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

interface PageDocument {
  readonly generation: number;
  readonly total: number;
  readonly from: number;
  readonly lines: readonly LineDocument[];
}

const AT_ONCE = 200;
/** More are forgotten, and fetched again when they are seen again. */
const MOST_KEPT = 10_000;

/** The lines of a choice of services, as far as they have been seen: the rest is fetched when it is. */
export class LogLines {
  readonly #services: string;
  readonly #onChange: () => void;
  #lines = new Map<number, LineDocument>();
  #generation = -1;
  #asked = new Set<number>();
  total = 0;

  constructor(services: readonly string[], onChange: () => void) {
    this.#services = encodeURIComponent(services.join());
    this.#onChange = onChange;
  }

  at(number: number): LineDocument | undefined {
    return this.#lines.get(number);
  }

  /** Takes in how many there are now, and the last ones. */
  async fetchLast(): Promise<void> {
    await this.#fetch(`count=${AT_ONCE}`);
  }

  /** Fetches what is not there of the lines that are seen, and a little before and after. */
  async fetchSeen(first: number, count: number): Promise<void> {
    for (let page = Math.floor(first / AT_ONCE); page * AT_ONCE < Math.min(this.total, first + count); page++) {
      const from = page * AT_ONCE;
      const end = Math.min(this.total, from + AT_ONCE);
      if (this.#asked.has(page) || (this.#lines.has(from) && this.#lines.has(end - 1))) continue;
      this.#asked.add(page);
      await this.#fetch(`from=${from}&count=${AT_ONCE}`);
      this.#asked.delete(page);
    }
  }

  /** The number of the nearest line with a text, or of an error if that is empty; `null`: there is none that way. */
  async find(text: string, from: number, way: 'next' | 'previous'): Promise<number | null> {
    const query = `services=${this.#services}&text=${encodeURIComponent(text)}&from=${from}&way=${way}`;
    return (await askFor<{ readonly line: number | null }>(`logs/find?${query}`)).line ?? null;
  }

  async #fetch(query: string): Promise<void> {
    const page = await askFor<PageDocument>(`logs?services=${this.#services}&${query}`);
    if (page.error !== undefined) return;
    if (page.generation !== this.#generation || this.#lines.size > MOST_KEPT) this.#lines = new Map();
    this.#generation = page.generation;
    this.total = page.total;
    for (const line of page.lines) this.#lines.set(line.number, line);
    this.#onChange();
  }
}
