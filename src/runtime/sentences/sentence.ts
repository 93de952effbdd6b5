/** Something to tell the user about a service, before it is dressed for a stream. */
export interface Sentence {
  readonly tone: Tone;
  /** Lower case, without the service's name and without a full stop. */
  readonly text: string;
  /** What stands below it, indented: log lines, what to do next. */
  readonly details: readonly string[];
}

export type Tone = 'news' | 'good' | 'warning' | 'bad';

/** What sentences have to know of their surroundings. */
export interface Words {
  /** How the user calls us: `./dev`, by the name that the launcher has here, or `devgen`. */
  readonly program: string;
  /** The user's home, shown as `~`; empty: unknown. */
  readonly home: string;
  /** Ports from the command line, by service. */
  readonly ports?: Readonly<Record<string, number>>;
}

export function sentence(tone: Tone, text: string, details: readonly string[] = []): Sentence {
  return { tone, text, details };
}

/** The last lines of a log, set off from our own words. */
export function quoteLog(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `| ${line}`.trimEnd());
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[]): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export function shortenHome(path: string, { home }: Words): string {
  if (home === '' || home === '/') return path;
  if (path === home) return '~';
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** Whether a detail is a line of a log. */
export function isQuoted(detail: string): boolean {
  return detail === '|' || detail.startsWith('| ');
}
