import type { HookKind } from '../../../plan/hooks-of.ts';
import { Mutex } from '../mutex.ts';

/** Each may take half a minute; news that is older than this many of them is none. */
const MOST_WAITING = 10;

/** Tells each hook one alert at a time, so that what is told again does not come after what followed it. */
export class HookTurns {
  readonly #lines = new Map<HookKind, { readonly mutex: Mutex; waiting: number }>();

  /** The problem, `null` for none; what would wait for too many others is not told. */
  async take(hook: HookKind, tell: () => Promise<string | null>): Promise<string | null> {
    const line = this.#lines.get(hook) ?? { mutex: new Mutex(), waiting: 0 };
    this.#lines.set(hook, line);
    if (line.waiting >= MOST_WAITING) return `${MOST_WAITING} alerts wait for it already`;
    line.waiting += 1;
    return line.mutex.run(tell).finally(() => {
      line.waiting -= 1;
    });
  }
}
