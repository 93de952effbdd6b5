import { Releases } from '../../../base/releases.ts';
import { keepLog } from './keep-log.ts';
import type { LaunchSpec } from './launch-spec.ts';
import { type EndWatch, watchEnd } from './watch-end.ts';
import { type LivenessWatch, watchLiveness } from './watch-liveness.ts';
import { watchMemory } from './watch-memory.ts';
import { watchOutput } from './watch-output.ts';
import { watchReadiness } from './watch-readiness.ts';
import { watchReloads } from './watch-reloads.ts';
import { watchHome, watchReturn } from './watch-return.ts';

export type FollowedRun = EndWatch & Omit<LivenessWatch, 'output' | 'reloaded'> & { readonly spec: LaunchSpec };

/** Watches a run that lives: what becomes of it from here on comes in as events. No watcher outlives it. */
export function followRun(followed: FollowedRun): void {
  const { live, service, spec, host } = followed;
  const releases = new Releases();
  const output = watchOutput(live, host, () => live.checkups.hurry());
  const grewTo = (size: number): void => {
    host.tellOutput(service, output.grewTo(size));
  };
  releases.add(() => output.close());
  if (live.record.log !== '') keepLog({ live, logs: spec.plan.logs, host, releases, grewTo });
  void watchMemory(followed).catch(host.reportBug);
  // Not caught: without this watch a service that has ended would be up for ever. The next supervisor adopts the run.
  void watchEnd(followed);
  void watchHealth({ ...followed, output, reloaded: watchReloads(followed) }, releases).catch((cause) => {
    host.reportBug(cause);
    // What cannot be watched is not called well.
    const seen = {
      kind: 'error',
      message: `it cannot be probed: ${cause instanceof Error ? cause.message : cause}`,
    } as const;
    followed.dispatch({ type: 'unhealthy', run: live.record.id, failure: { reason: 'unhealthy', failures: 1, seen } });
  });
  const release = (): void => void releases.releaseAll().catch(host.reportBug);
  // A stop may have come before the run was there to be followed.
  if (live.ending.signal.aborted) release();
  else live.ending.signal.addEventListener('abort', release, { once: true });
}

async function watchHealth(watched: LivenessWatch, releases: Releases): Promise<void> {
  const wasReady = watched.live.record.readyAt !== null;
  if (!wasReady && (await watchReadiness(watched, releases)) === 'ended') return;
  for (;;) {
    const how = await watchLiveness(watched);
    if (how === 'ended') return;
    if ((await (how === 'home' ? watchHome(watched) : watchReturn(watched))) === 'ended') return;
  }
}
