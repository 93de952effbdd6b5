import { listenersOn } from '../../../platform/listeners.ts';
import { gradeResponse } from '../../health/grade.ts';
import { type CheckOutcome, checkRun } from './check-run.ts';
import { type Checkup, judgeCheckup } from './judge-checkup.ts';
import { lookTimeout } from './look-timeout.ts';
import { noteBesides } from './note-besides.ts';
import { ownAmong } from './own-listeners.ts';
import { pauseAfter } from './pause-after.ts';
import type { OutputWatch } from './watch-output.ts';
import { type SocketWatch, watchSocket } from './watch-socket.ts';
import type { WatchedRun } from './watched-run.ts';

export type LivenessWatch = WatchedRun & {
  readonly isReady: () => boolean;
  readonly output: OutputWatch;
  /** It has closed its socket, be it to open it again. */
  readonly reloaded: () => void;
};

/** Between the looks that shall tell soon whether a run is well. */
const URGENT_MS = 250;
/** After a look that failed: whether the next one does, too, is soon to be known. */
const DOUBTFUL_MS = 2000;
/** What was ill and reloads may be well again within this many. */
const LOOKS_AFTER_HINT = 8;

/**
 * Looks at a run that became ready once every period, for as long as it lives: its port and its probe; at once
 * when there is reason to, and then as often as it takes to be certain. `closed`: no process of it listens any more;
 * `home`: one listens on the port that it had left.
 */
export async function watchLiveness(watched: LivenessWatch): Promise<'closed' | 'home' | 'ended'> {
  const { checkups } = watched.live;
  const socket = watchSocket(watched, {
    onClosed() {
      watched.reloaded();
      checkups.hurry();
    },
    onOpened: () => checkups.hurry(),
  });
  checkups.begin();
  try {
    return await keepLooking(watched, socket);
  } finally {
    socket.close();
    checkups.end();
  }
}

async function keepLooking(watched: LivenessWatch, socket: SocketWatch): Promise<'closed' | 'home' | 'ended'> {
  const { live, service, host, output } = watched;
  const { checkups } = live;
  const { signal } = live.ending;
  let criticals = 0;
  let knowsBesides = false;
  let isUrgent = live.health.verdict === 'unknown';
  let calmLooks = 0;
  let looksOwed = 0;
  let wellMs = host.clock.monotonicMs();
  let usualMs = live.health.responseMs;
  while (!signal.aborted) {
    const calmMs = pauseOf(watched, { isHeld: socket.isHeld(), calmLooks });
    const pauseMs = isUrgent ? Math.min(URGENT_MS, calmMs) : calmMs;
    const firstLook = live.health.verdict === 'unknown';
    if (!firstLook && (await checkups.next(pauseMs, host.clock, signal)) === 'hurried') {
      isUrgent = true;
      looksOwed = LOOKS_AFTER_HINT;
    }
    if (signal.aborted) break;
    if (isHome(live)) return 'home';
    const reason = isUrgent && !checkups.isAwaited ? 'hinted' : 'due';
    const timeoutMs = lookTimeout(service.health, {
      reason,
      // What is unwell may come back slowly.
      usualMs: live.health.verdict === 'unhealthy' ? null : usualMs,
    });
    host.tellProbe(service);
    const outcome = await checkRun({ ...service, health: { ...service.health, timeoutMs } }, live, signal);
    if (signal.aborted) break;
    output.probed();
    host.debug(service.name, 'liveness-probe', { probe: service.health.probe.kind, ...outcome });
    if (outcome.kind === 'failed' && outcome.seen.kind === 'nothing-listens' && live.record.port !== null)
      return 'closed';
    keepHealth(watched, outcome);
    criticals = live.health.grade === 'critical' ? criticals + 1 : 0;
    if (outcome.kind === 'passed') {
      wellMs = host.clock.monotonicMs();
      usualMs = outcome.responseMs;
    }
    const checkup = { outcome: explained(watched, outcome), criticals, failures: live.health.failures };
    conclude(watched, checkup, host.clock.monotonicMs() - wellMs);
    if (outcome.kind === 'passed' && !knowsBesides) {
      knowsBesides = true;
      void noteBesides(live).catch(host.reportBug);
    }
    calmLooks = outcome.kind === 'passed' && !isUrgent ? calmLooks + 1 : 0;
    const isCertain = outcome.kind === 'passed' || live.health.failures >= service.health.failureThreshold;
    looksOwed -= 1;
    isUrgent &&= outcome.kind !== 'passed' && (!isCertain || looksOwed > 0);
    if (isCertain || !isUrgent) checkups.settle();
  }
  return 'ended';
}

function pauseOf(
  { live, service: { health } }: LivenessWatch,
  { isHeld, calmLooks }: { readonly isHeld: boolean; readonly calmLooks: number },
): number {
  const isDoubtful = live.health.failures > 0 && live.health.failures < health.failureThreshold;
  if (isDoubtful) return Math.min(health.periodMs, DOUBTFUL_MS);
  return isHeld ? pauseAfter(calmLooks, health) : health.periodMs;
}

function isHome({ movedFrom, record }: WatchedRun['live']): boolean {
  return movedFrom !== null && ownAmong(record, listenersOn(movedFrom)).length > 0;
}

function keepHealth({ live, service, host }: LivenessWatch, outcome: CheckOutcome): void {
  const responseMs = outcome.kind === 'stolen' || outcome.responseMs === null ? null : Math.round(outcome.responseMs);
  const failures = outcome.kind === 'passed' ? 0 : live.health.failures + 1;
  live.report({
    // Who listens there is certain at the first look.
    verdict:
      outcome.kind === 'stolen'
        ? 'unhealthy'
        : verdictOf(failures, service.health.failureThreshold, live.health.verdict),
    checkedAt: host.timestamp(),
    responseMs,
    grade: responseMs === null || outcome.kind !== 'passed' ? null : gradeResponse(responseMs, service.health),
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
  return { kind: 'stolen', port, holders: host.holdersOf(outcome.others, service.name) };
}

/** That it is not well is said as soon as it is certain; before a restart it has all periods of its failures. */
function conclude(watched: LivenessWatch, checkup: Checkup, failingMs: number): void {
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
    case 'unhealthy': {
      const { failureThreshold, periodMs } = service.health;
      const isHasty = checkup.outcome.kind === 'failed' && failingMs < (failureThreshold - 1) * periodMs;
      dispatch({ type: isHasty ? 'lapsed' : 'unhealthy', run, failure: consequence.failure });
    }
  }
}
