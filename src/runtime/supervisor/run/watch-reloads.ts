import { findMembers } from '../../process/find-members.ts';
import { watcherOfLogs } from '../../process/watcher-of-logs.ts';
import type { WatchedRun } from './watched-run.ts';

/** More often than anybody edits. */
const RELOADS = 6;
const WITHIN_MS = 20_000;

/**
 * Told of each reload of a run, it says once that the run restarts itself for what devgen writes: it does so again and
 * again, and one of its processes watches the files in `logs/`.
 */
export function watchReloads({ live, service, host }: Pick<WatchedRun, 'live' | 'service' | 'host'>): () => void {
  let times: readonly number[] = [];
  let isTold = false;
  return () => {
    const nowMs = host.clock.monotonicMs();
    times = [...times, nowMs].slice(-RELOADS);
    const withinMs = Math.round(nowMs - (times[0] ?? nowMs));
    if (isTold || times.length < RELOADS || withinMs > WITHIN_MS) return;
    const watcher = watcherOfLogs(findMembers(live.record), { root: host.root, service: service.name });
    if (watcher === null) return;
    isTold = true;
    host.announce(service.name, { kind: 'reload-loop', times: RELOADS, withinMs, ...watcher });
  };
}
