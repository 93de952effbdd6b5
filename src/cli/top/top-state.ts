import { cleanText } from '../../base/clean-text.ts';
import type { ScreenSize } from '../screen/full-screen.ts';
import type { ServiceView } from '../status/service-view.ts';
import type { TopKey } from './read-keys.ts';

/** One service as the list has it, in clean texts. */
export interface TopService {
  readonly name: string;
  readonly state: ServiceView['state'];
  readonly isUp: boolean;
  readonly port: number | null;
  readonly address: string;
  /** The grade of its response time, or what is wrong with its health; `-`: nothing is known. */
  readonly health: string;
  readonly remarks: readonly string[];
}

/** A line of a log, clean. */
export interface TopLine {
  /** Counts all lines, in the order in which they came. */
  readonly number: number;
  readonly service: string;
  readonly text: string;
  readonly isError: boolean;
}

/** Where the screen was begun, which is where one comes to when it is left. */
export interface TopPlace {
  /** `attached`: in place of the attached view, which a key brings back. */
  readonly from: 'command' | 'attached';
  /** What leaving does to services. */
  readonly quits: 'leave' | 'stop';
}

export interface TopState {
  readonly place: TopPlace;
  readonly size: ScreenSize;
  readonly services: readonly TopService[];
  /** The last lines of each service. */
  readonly logs: ReadonlyMap<string, readonly TopLine[]>;
  /** The last lines of all, merged. */
  readonly merged: readonly TopLine[];
  /** Services that wrote something since their log was shown. */
  readonly news: ReadonlySet<string>;
  /** Whose log is shown; `null`: all, merged. */
  readonly chosen: string | null;
  /** Number of the last line that is shown; `null`: it follows what is written. */
  readonly bottom: number | null;
  /** `log`: it has the whole width, and the keys that choose services scroll it. */
  readonly focus: 'list' | 'log';
  readonly only: 'all' | 'errors';
  readonly wrap: 'cut' | 'wrapped';
  readonly mode: 'browsing' | 'searching' | 'help';
  /** What is searched for; empty: nothing. */
  readonly sought: string;
  /** Number of the line that was found last; `null`: none was since it was scrolled. */
  readonly found: number | null;
  /** What was done last, until the next key. */
  readonly message: string;
}

export type TopEvent =
  | { readonly kind: 'resized'; readonly size: ScreenSize }
  | { readonly kind: 'listed'; readonly services: readonly TopService[] }
  /** `known`: they were written before anybody looked. */
  | { readonly kind: 'written'; readonly lines: readonly TopLine[]; readonly as: 'known' | 'news' }
  | { readonly kind: 'told'; readonly message: string }
  | { readonly kind: 'pressed'; readonly key: TopKey };

/** What a key asks for beyond what is shown. `do`: the words of a command. */
export type TopEffect = { readonly kind: 'quit' | 'back' | 'suspend' } | { readonly kind: 'do'; readonly words: Words };
type Words = readonly [command: string, service: string];

/** So many lines of each log are kept; `logs` shows the others. */
export const KEPT_LINES = 2000;

export function beginTop(size: ScreenSize, place: TopPlace): TopState {
  return {
    place,
    size,
    services: [],
    logs: new Map(),
    merged: [],
    news: new Set(),
    chosen: null,
    bottom: null,
    focus: 'list',
    only: 'all',
    wrap: 'cut',
    mode: 'browsing',
    sought: '',
    found: null,
    message: '',
  };
}

/** The lines that may be shown, oldest first. */
export function shownLines({ logs, merged, chosen, only }: TopState): readonly TopLine[] {
  const lines = chosen === null ? merged : (logs.get(chosen) ?? []);
  return only === 'all' ? lines : lines.filter(({ isError }) => isError);
}

/** Which of these lines is the last one shown; -1: there is none. */
export function bottomIndex(lines: readonly TopLine[], { bottom }: TopState): number {
  if (bottom === null) return lines.length - 1;
  const index = lines.findLastIndex(({ number }) => number <= bottom);
  return index === -1 ? Math.min(0, lines.length - 1) : index;
}

/** Whether it has what is searched for, in any case. */
export function isSought({ text }: TopLine, sought: string): boolean {
  return sought !== '' && cleanText(text, 'plain').toLowerCase().includes(sought.toLowerCase());
}

/** Adds what was written to the logs; with the merged view in sight all of it is seen. */
export function takeLines(state: TopState, lines: readonly TopLine[], as: 'known' | 'news'): TopState {
  if (lines.length === 0) return state;
  const logs = new Map(state.logs);
  for (const service of new Set(lines.map((line) => line.service))) {
    const added = lines.filter((line) => line.service === service);
    logs.set(service, [...(logs.get(service) ?? []), ...added].slice(-KEPT_LINES));
  }
  const merged = [...state.merged, ...lines].slice(-KEPT_LINES);
  const isSeen = as === 'known' || state.chosen === null;
  const unseen = isSeen ? [] : lines.map(({ service }) => service).filter((service) => service !== state.chosen);
  return { ...state, logs, merged, news: unseen.length === 0 ? state.news : new Set([...state.news, ...unseen]) };
}
