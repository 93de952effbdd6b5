import type { Clock, Scheduled } from '../../platform/clock.ts';
import { readKeys, type TopKey } from './read-keys.ts';

/** On a slow line the parts of one sequence come apart; Escape alone is followed by nothing. */
const APART_MS = 100;

/** Makes keys of what is typed, however it comes in pieces. */
export class KeySource {
  readonly #clock: Pick<Clock, 'schedule'>;
  readonly #onKey: (key: TopKey) => void;
  #rest = '';
  #timer: Scheduled | undefined;

  constructor(clock: Pick<Clock, 'schedule'>, onKey: (key: TopKey) => void) {
    this.#clock = clock;
    this.#onKey = onKey;
  }

  take(text: string): void {
    this.#give(`${this.#rest}${text}`, 'may-come');
    if (this.#rest !== '') this.#timer = this.#clock.schedule(APART_MS, () => this.#give(this.#rest, 'none'));
  }

  close(): void {
    this.#timer?.cancel();
  }

  #give(text: string, more: 'may-come' | 'none'): void {
    this.#timer?.cancel();
    const { keys, rest } = readKeys(text, more);
    this.#rest = rest;
    for (const key of keys) this.#onKey(key);
  }
}
