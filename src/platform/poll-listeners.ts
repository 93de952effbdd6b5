import { allListeners, type Listener } from './listeners.ts';

/** For so long all who wait for a listener share one look. */
const SHARED_MS = 2;

let looked = { atMs: Number.NEGATIVE_INFINITY, byPort: new Map<number, Listener[]>() };

/**
 * `listenersOn` as it was at most 2 ms ago, for those who ask again soon: a hundred services that are waited for cost
 * one look and not a hundred.
 */
export function pollListenersOn(port: number): readonly Listener[] {
  const nowMs = performance.now();
  if (nowMs - looked.atMs > SHARED_MS) {
    const byPort = new Map<number, Listener[]>();
    for (const listener of allListeners()) byPort.set(listener.port, [...(byPort.get(listener.port) ?? []), listener]);
    looked = { atMs: nowMs, byPort };
  }
  return looked.byPort.get(port) ?? [];
}
