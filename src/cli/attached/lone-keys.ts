import type { Clock, Scheduled } from '../../platform/clock.ts';

/** When a key counts: `always`, even within a text; if it is the `first` one or stands `alone`; or it is `none`. */
export type KeyForce = 'always' | 'first' | 'alone' | 'none';

/** What is made of keys. */
export interface KeyListener {
  forceOf(key: string): KeyForce;
  onKey(key: string): void;
  /** Something was typed that is not one key. */
  onText(): void;
}

export interface LoneKeys {
  take(key: string): void;
  /** What was pressed last means nothing any more. */
  drop(): void;
}

/** Who types a word is faster. */
const ALONE_MS = 300;
/** A text goes on until Enter, or until nothing was typed for so long. */
const TEXT_MS = 1000;

/**
 * Tells keys that are pressed one by one from what was meant for another place: a word that is typed, or a text that
 * is pasted, shall not stop services with its letters. Enter after a key presses that key.
 */
export function loneKeys({ forceOf, onKey, onText }: KeyListener, clock: Pick<Clock, 'schedule'>): LoneKeys {
  let state: { readonly kind: 'idle' | 'text' } | { readonly kind: 'pressed'; readonly key: string } = IDLE;
  let timer: Scheduled | undefined;
  const end = (): void => {
    const before = state;
    drop();
    if (before.kind === 'text') onText();
    else if (before.kind === 'pressed') onKey(before.key);
  };
  const become = (next: typeof state, ms: number): void => {
    timer?.cancel();
    state = next;
    timer = clock.schedule(ms, end);
  };
  const drop = (): void => {
    timer?.cancel();
    state = IDLE;
  };
  return {
    drop,
    take(key) {
      if (ENTER.has(key)) return end();
      const force = forceOf(key);
      if (force === 'always') drop();
      if (force === 'always' || (force === 'first' && state.kind === 'idle')) return onKey(key);
      if (force === 'alone' && state.kind === 'idle') return become({ kind: 'pressed', key }, ALONE_MS);
      // A key that is held down comes again and again.
      if (state.kind !== 'pressed' || state.key !== key) become({ kind: 'text' }, TEXT_MS);
    },
  };
}

const IDLE = { kind: 'idle' } as const;
const ENTER = new Set(['\r', '\n']);
