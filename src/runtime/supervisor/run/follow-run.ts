import { keepLog } from './keep-log.ts';
import type { LaunchOrder } from './launch-order.ts';
import { type EndReport, watchEnd } from './watch-end.ts';
import { type LivenessReport, watchLiveness } from './watch-liveness.ts';
import { type ReadinessReport, watchReadiness } from './watch-readiness.ts';

export type Following = EndReport & ReadinessReport & LivenessReport & { readonly order: LaunchOrder | null };

/** Watches a run that lives: what becomes of it from here on comes in as events. */
export function followRun(following: Following): void {
  const { live, order, host } = following;
  if (order !== null) keepLog(live, order, host);
  void watchEnd(following).catch(host.reportBug);
  void watchHealth(following).catch(host.reportBug);
}

async function watchHealth(following: Following): Promise<void> {
  if (!following.isReady() && (await watchReadiness(following)) === 'ended') return;
  await watchLiveness(following);
}
