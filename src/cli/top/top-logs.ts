import { isErrorLine } from '../../runtime/logs/error-lines.ts';
import { followLogs } from '../../runtime/logs/follow-logs.ts';
import { endsOf, type LogLine, mergeLogs } from '../../runtime/logs/merge-logs.ts';
import { logSources } from '../logs/log-sources.ts';
import { fitColumns } from '../screen/fit-columns.ts';
import type { Screen } from '../screen/screen.ts';
import { KEPT_LINES, type TopLine } from './top-state.ts';

/** At first so many lines of each log are shown. */
const FIRST_LINES = 500;
/** Of one line. */
const MOST_COLUMNS = 2000;
const TAB = '    ';

/** The logs of services as they grow, in clean lines, from their last ones on. */
export class TopLogs {
  readonly #root: string;
  readonly #screen: Screen;
  readonly #onWritten: () => void;
  readonly #ending = new AbortController();
  readonly #followed = new Set<string>();
  #waiting: LogLine[] = [];
  #count = 0;

  /** `onWritten`: there are lines to take. */
  constructor(root: string, screen: Screen, onWritten: () => void) {
    this.#root = root;
    this.#screen = screen;
    this.#onWritten = onWritten;
  }

  /** The last lines of those that were not followed yet, which are followed from now on. */
  follow(names: readonly string[]): readonly TopLine[] {
    const added = names.filter((name) => !this.#followed.has(name));
    const sources = logSources(
      this.#root,
      added.map((name) => ({ name })),
    );
    if (sources.length === 0) return [];
    const from = endsOf(sources);
    const query = { lines: FIRST_LINES, since: null, accepts: null, ends: from };
    const past = sources.flatMap((source) => [...mergeLogs([source], query)]).sort((one, other) => one.at - other.at);
    for (const name of added) this.#followed.add(name);
    const onLine = (line: LogLine): void => this.#add(line);
    void followLogs(sources, { from, signal: this.#ending.signal, now: Date.now, onLine });
    return this.#cleaned(past);
  }

  /** What was written since the last time; of a flood the last lines of each log. */
  take(): readonly TopLine[] {
    const lines = this.#newest();
    this.#waiting = [];
    return this.#cleaned(lines);
  }

  close(): void {
    this.#ending.abort();
  }

  #add(line: LogLine): void {
    this.#waiting.push(line);
    if (this.#waiting.length > 2 * KEPT_LINES * this.#followed.size) this.#waiting = this.#newest();
    this.#onWritten();
  }

  #newest(): LogLine[] {
    const counts = new Map<string, number>();
    const kept = this.#waiting.toReversed().filter(({ service }) => {
      const count = (counts.get(service) ?? 0) + 1;
      counts.set(service, count);
      return count <= KEPT_LINES;
    });
    return kept.reverse();
  }

  /** Secrets are masked in the whole line: half of one is not known for one. */
  #cleaned(lines: readonly LogLine[]): readonly TopLine[] {
    return lines.map(({ service, text }) => ({
      number: this.#count++,
      service,
      text: bounded(this.#screen.shown(text).replaceAll('\t', TAB)),
      isError: isErrorLine(text),
    }));
  }
}

function bounded(text: string): string {
  return text.length > MOST_COLUMNS ? fitColumns(text, MOST_COLUMNS) : text;
}
