import { askFor } from '../data/ask.ts';
import { KeptLines, type LineDocument, type PageDocument } from './kept-lines.ts';

const AT_ONCE = 200;

/** The lines of a choice of services, as far as they have been seen: the rest is fetched when it is. */
export class LogLines {
  readonly #services: string;
  readonly #onChange: () => void;
  readonly #kept = new KeptLines();
  readonly #asked = new Set<number>();

  constructor(services: readonly string[], onChange: () => void) {
    this.#services = encodeURIComponent(services.join());
    this.#onChange = onChange;
  }

  get total(): number {
    return this.#kept.total;
  }

  at(number: number): LineDocument | undefined {
    return this.#kept.at(number);
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
      if (this.#asked.has(page) || this.#kept.hasAll(from, end)) continue;
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
    this.#kept.take(page);
    this.#onChange();
  }
}
