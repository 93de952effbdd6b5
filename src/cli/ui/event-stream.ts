import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { beginAnswer } from './respond.ts';

/** What is told: a `state` holds until the next one of its name, `news` is told once, a `hint` not even again. */
type Kind = 'state' | 'news' | 'hint';

interface Told {
  readonly id: number;
  readonly kind: Kind;
  readonly name: string;
  /** JSON on one line. */
  readonly text: string;
}

const KEPT_NEWS = 500;
const MOST_VIEWERS = 16;
/** A viewer that does not read is left: it comes again when it can, and gets what it has missed. */
const MOST_UNREAD_BYTES = 1024 * 1024;
const SIGN_OF_LIFE_MS = 15_000;
const RETRY_MS = 500;

/**
 * Server-sent events for all that look. A viewer that was cut off names the last event it got, and gets those since.
 * Source: HTML, 9.2 Server-sent events
 */
export class EventStream {
  /** So that the ids of an earlier server mean nothing here. */
  readonly #series = randomBytes(4).toString('hex');
  readonly #viewers = new Set<ServerResponse>();
  readonly #states = new Map<string, Told>();
  readonly #onViewers: (count: number) => void;
  #news: readonly Told[] = [];
  #lastId = 0;

  /** `onViewers` is told how many there are, each time one comes or goes. */
  constructor(onViewers: (count: number) => void) {
    this.#onViewers = onViewers;
  }

  /** `false`: too many look already. */
  open(response: ServerResponse, lastEventId: string | undefined): boolean {
    if (this.#viewers.size >= MOST_VIEWERS) return false;
    beginAnswer(response, 'text/event-stream; charset=utf-8', { 'x-accel-buffering': 'no' });
    response.write(`retry: ${RETRY_MS}\n\n`);
    for (const told of this.#since(lastEventId)) this.#write(response, told);
    // Also of what it was not told, because it happened before.
    response.write(`id: ${this.#series}-${this.#lastId}\n\n`);
    const alive = setInterval(() => response.write(':\n\n'), SIGN_OF_LIFE_MS);
    this.#viewers.add(response);
    response.once('close', () => {
      clearInterval(alive);
      this.#viewers.delete(response);
      this.#onViewers(this.#viewers.size);
    });
    this.#onViewers(this.#viewers.size);
    return true;
  }

  tell(kind: Kind, name: string, text: string): void {
    if (kind === 'state' && this.#states.get(name)?.text === text) return;
    this.#lastId += 1;
    const told = { id: this.#lastId, kind, name, text };
    if (kind === 'state') this.#states.set(name, told);
    if (kind === 'news') this.#news = [...this.#news.slice(1 - KEPT_NEWS), told];
    for (const viewer of this.#viewers) this.#write(viewer, told);
  }

  close(): void {
    for (const viewer of this.#viewers) viewer.destroy();
  }

  /** One that has missed more than is kept begins anew, as one that has never looked. */
  #since(lastEventId: string | undefined): readonly Told[] {
    const [series, id = ''] = (lastEventId ?? '').split('-');
    const states = [...this.#states.values()];
    const last = series === this.#series && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
    if (last === undefined) return states;
    const missed = [...states, ...this.#news].filter((told) => told.id > last);
    return missed.sort((one, other) => one.id - other.id);
  }

  #write(viewer: ServerResponse, { id, kind, name, text }: Told): void {
    if (viewer.writableLength > MOST_UNREAD_BYTES) {
      viewer.destroy();
      return;
    }
    const named = kind === 'hint' ? '' : `id: ${this.#series}-${id}\n`;
    viewer.write(`${named}event: ${name}\ndata: ${text}\n\n`);
  }
}
