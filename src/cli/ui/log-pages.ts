import { setImmediate as nextTurn } from 'node:timers/promises';
import { cleanText } from '../../base/clean-text.ts';
import { cutLine } from '../../base/cut-line.ts';
import { isErrorLine } from '../../runtime/logs/error-lines.ts';
import { LineIndex, type NumberedLine } from '../../runtime/logs/line-index.ts';
import type { Document } from '../elsewhere/run-for-documents.ts';
import { logSources } from '../logs/log-sources.ts';
import type { ProjectNow } from './project-now.ts';
import { styledText } from './styled-text.ts';

/** Of so many choices of services the index is kept. */
const MOST_INDEXES = 4;
const MOST_LINES = 500;
const WARNING = /\b(?:warn|warning|deprecated)\b/i;

export interface LineSearch {
  /** In any case; empty: an error is looked for. */
  readonly text: string;
  /** The line beside which it begins. */
  readonly from: number;
  readonly way: 'next' | 'previous';
}

/** What services wrote, a part at a time, as a page shows it: secrets masked, colours beside the text. */
export class LogPages {
  readonly #project: ProjectNow;
  readonly #indexes = new Map<string, LineIndex>();

  constructor(project: ProjectNow) {
    this.#project = project;
  }

  /**
   * Lines from one on, or the last ones; from `settled` on they are not finished and may change. `undefined`: there is
   * no such service.
   */
  async page(services: readonly string[], first: number | 'last', count: number): Promise<Document | undefined> {
    const index = await this.#indexOf(services);
    if (index === undefined) return undefined;
    const most = Math.min(count, MOST_LINES);
    const { generation, total: settled } = index;
    const unfinished = index.unfinished(Date.now());
    const total = settled + unfinished.length;
    const from = first === 'last' ? Math.max(0, total - most) : first;
    const rest = unfinished.filter(({ number }) => number >= from && number < from + most);
    const lines = [...index.read(from, most), ...rest].map((line) => this.#shown(line));
    return { schemaVersion: 1, generation, total, settled, from, lines };
  }

  /** The number of the nearest line that matches, `null`: there is none that way. */
  async find(services: readonly string[], search: LineSearch, signal: AbortSignal): Promise<Document | undefined> {
    const index = await this.#indexOf(services);
    if (index === undefined) return undefined;
    const { from, way } = search;
    const matches = this.#matcher(search.text);
    for (const block of index.blocksFrom(way === 'next' ? from + 1 : from - 1, way)) {
      const lines = index.readBlock(block).filter(({ number }) => (way === 'next' ? number > from : number < from));
      const found = (way === 'next' ? lines : lines.toReversed()).find(({ text }) => matches(text));
      if (found !== undefined) return { schemaVersion: 1, generation: index.generation, line: found.number };
      await nextTurn();
      if (signal.aborted) break;
    }
    return { schemaVersion: 1, generation: index.generation, line: null };
  }

  /** All of it as text, a block at a time. */
  async *texts(services: readonly string[]): AsyncGenerator<string, void> {
    const index = await this.#indexOf(services);
    const { masked } = this.#project.context.screen;
    for (const block of index?.blocksFrom(0, 'next') ?? []) {
      yield index
        ?.readBlock(block)
        .map(({ text }) => `${masked(cleanText(text, 'plain'))}\n`)
        .join('') ?? '';
      await nextTurn();
    }
  }

  async #indexOf(services: readonly string[]): Promise<LineIndex | undefined> {
    const { root, plan } = this.#project.context.checkout;
    const chosen = plan.services.filter(({ name }) => services.length === 0 || services.includes(name));
    if (services.length > 0 && chosen.length < new Set(services).size) return undefined;
    const key = chosen.map(({ name }) => name).join();
    const index = this.#indexes.get(key) ?? new LineIndex(logSources(root, chosen));
    this.#indexes.delete(key);
    this.#indexes.set(key, index);
    for (const oldest of this.#indexes.keys()) if (this.#indexes.size > MOST_INDEXES) this.#indexes.delete(oldest);
    await index.refresh();
    return index;
  }

  /** Without colours where something was masked: they may stand in the middle of it. */
  #shown({ number, service, at, text }: NumberedLine): Document {
    const { text: plain, styles } = styledText(text);
    const masked = this.#project.context.screen.masked(plain);
    const shown = cutLine(masked);
    const level = isErrorLine(plain) ? 'error' : WARNING.test(plain) ? 'warning' : null;
    const isStyled = masked === plain && styles.length > 0;
    return { number, service, at, text: shown, ...(level !== null && { level }), ...(isStyled && { styles }) };
  }

  /** What is masked is not found either: a search would tell it letter by letter. */
  #matcher(text: string): (line: string) => boolean {
    if (text === '') return isErrorLine;
    const wanted = text.toLowerCase();
    const { masked } = this.#project.context.screen;
    return (line) => {
      const plain = cleanText(line, 'plain');
      return plain.toLowerCase().includes(wanted) && masked(plain).toLowerCase().includes(wanted);
    };
  }
}
