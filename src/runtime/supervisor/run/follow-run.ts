import { keepLog } from './keep-log.ts';
import type { LaunchSpec } from './launch-spec.ts';
import { type EndWatch, watchEnd } from './watch-end.ts';
import { type LivenessWatch, watchLiveness } from './watch-liveness.ts';
import { type ReadinessWatch, watchReadiness } from './watch-readiness.ts';

export type FollowedRun = EndWatch & ReadinessWatch & LivenessWatch & { readonly order: LaunchSpec | null };

/** Watches a run that lives: what becomes of it from here on comes in as events. */
export function followRun(followed: FollowedRun): void {
  const { live, order, host } = followed;
  if (order !== null) keepLog(live, order, host);
  void watchEnd(followed).catch(host.reportBug);
  void watchHealth(followed).catch(host.reportBug);
}

async function watchHealth(followed: FollowedRun): Promise<void> {
  if (!followed.isReady() && (await watchReadiness(followed)) === 'ended') return;
  await watchLiveness(followed);
}
