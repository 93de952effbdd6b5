import { Releases } from '../../../base/releases.ts';
import { keepLog } from './keep-log.ts';
import type { LaunchSpec } from './launch-spec.ts';
import { type EndWatch, watchEnd } from './watch-end.ts';
import { type LivenessWatch, watchLiveness } from './watch-liveness.ts';
import { watchReadiness } from './watch-readiness.ts';

export type FollowedRun = EndWatch & LivenessWatch & { readonly spec: LaunchSpec };

/** Watches a run that lives: what becomes of it from here on comes in as events. No watcher outlives it. */
export function followRun(followed: FollowedRun): void {
  const { live, spec, host } = followed;
  const releases = new Releases();
  if (live.record.log !== '') keepLog({ live, logs: spec.plan.logs, host, releases });
  void watchEnd(followed).catch(host.reportBug);
  void watchHealth(followed, releases).catch(host.reportBug);
  const release = (): void => void releases.releaseAll().catch(host.reportBug);
  // A stop may have come before the run was there to be followed.
  if (live.ending.signal.aborted) release();
  else live.ending.signal.addEventListener('abort', release, { once: true });
}

async function watchHealth(followed: FollowedRun, releases: Releases): Promise<void> {
  const wasReady = followed.live.record.readyAt !== null;
  if (!wasReady && (await watchReadiness(followed, releases)) === 'ended') return;
  await watchLiveness(followed);
}
