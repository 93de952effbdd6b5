import { isLookDear } from './is-look-dear.ts';
import { type Listener, listenersByPort } from './listeners.ts';

/** For so long all who wait for a listener share one look. */
const SHARED_MS = isLookDear ? 100 : 2;

let looked: { readonly atMs: number; readonly byPort: ReturnType<typeof listenersByPort> } = {
  atMs: Number.NEGATIVE_INFINITY,
  byPort: new Map(),
};

/**
 * `listenersOn` as it was at most 2 ms ago (100 where a look is dear), for those who ask again soon: a hundred services
 * that are waited for cost one look and not a hundred.
 */
export function pollListenersOn(port: number): readonly Listener[] {
  const nowMs = performance.now();
  if (nowMs - looked.atMs > SHARED_MS) looked = { atMs: nowMs, byPort: listenersByPort() };
  return looked.byPort.get(port) ?? [];
}
