import { listenersOn } from '../../../platform/listeners.ts';
import { usageOf } from '../../../platform/process-details.ts';
import { gradeResponse } from '../../health/grade.ts';
import { findMembers } from '../../process/find-members.ts';
import { type CheckOutcome, checkRun } from './check-run.ts';
import { type Checkup, judgeCheckup } from './judge-checkup.ts';
import type { WatchedRun } from './watched-run.ts';

export type LivenessWatch = WatchedRun & { readonly isReady: () => boolean };

/** Looks at a run that became ready once every period, for as long as it lives: its port, its probe, its memory. */
export async function watchLiveness(watched: LivenessWatch): Promise<void> {
  const { live, service, host } = watched;
  const { signal } = live.ending;
  let criticals = 0;
  while (!signal.aborted) {
    if (live.health.verdict !== 'unknown') await host.clock.delay(service.health.periodMs, signal);
    if (signal.aborted) return;
    const outcome = await checkRun(service, live, signal);
    if (signal.aborted) return;
    host.debug(service.name, 'liveness-probe', { probe: service.health.probe.kind, ...outcome });
    keepHealth(watched, outcome);
    criticals = live.health.grade === 'critical' ? criticals + 1 : 0;
    conclude(watched, { outcome: explained(watched, outcome), criticals, ...measures(watched) });
  }
}

function keepHealth({ live, service, host }: LivenessWatch, outcome: CheckOutcome): void {
  const responseMs = outcome.kind === 'stolen' || outcome.responseMs === null ? null : Math.round(outcome.responseMs);
  const failures = outcome.kind === 'passed' ? 0 : live.health.failures + 1;
  live.report({
    verdict: verdictOf(failures, service.health.failureThreshold, live.health.verdict),
    checkedAt: host.timestamp(),
    responseMs,
    grade: responseMs === null ? null : gradeResponse(responseMs, service.health),
    failures,
  });
}

function verdictOf<Verdict extends string>(failures: number, threshold: number, before: Verdict) {
  if (failures === 0) return 'healthy';
  return failures >= threshold ? 'unhealthy' : before;
}

/** A thief is named. */
function explained({ live, service, host }: LivenessWatch, outcome: CheckOutcome): Checkup['outcome'] {
  const { port } = live.record;
  if (outcome.kind !== 'stolen') return outcome;
  if (port === null) return { kind: 'failed', seen: { kind: 'nothing-listens' } };
  return { kind: 'stolen', port, holders: host.holdersOf(listenersOn(port), service.name) };
}

function measures({ live, service }: LivenessWatch): Pick<Checkup, 'failures' | 'residentBytes'> {
  const { failures } = live.health;
  if (service.restart.maxMemoryBytes === null) return { failures, residentBytes: null };
  const sizes = findMembers(live.record).map(({ identity }) => usageOf(identity.pid)?.residentBytes ?? 0);
  return { failures, residentBytes: sizes.reduce((total, bytes) => total + bytes, 0) };
}

function conclude(watched: LivenessWatch, checkup: Checkup): void {
  const { live, service, host, dispatch, isReady } = watched;
  const run = live.record.id;
  const consequence = judgeCheckup(checkup, service);
  switch (consequence.kind) {
    case 'wait':
      break;
    case 'well':
      if (isReady()) break;
      host.announce(service.name, { kind: 'healthy' });
      dispatch({ type: 'ready', run });
      break;
    case 'unhealthy':
      dispatch({ type: 'unhealthy', run, failure: consequence.failure });
      break;
    case 'replace':
      dispatch({ type: 'replace', run, failure: consequence.failure });
  }
}
