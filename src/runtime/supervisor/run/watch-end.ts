import { setTimeout as delay } from 'node:timers/promises';
import { hasFifoWriter } from '../../../platform/fifo.ts';
import { isLookDear } from '../../../platform/is-look-dear.ts';
import { listenersOn } from '../../../platform/listeners.ts';
import { isAlive } from '../../../platform/process-identity.ts';
import { isReachedAs } from '../../health/probe-address.ts';
import { findRun } from '../../process/find-members.ts';
import type { ExitStatus, Failure } from '../../state/lifecycle.ts';
import { endWholeRun, policyForRest } from './end-whole-run.ts';
import { lastWords } from './last-words.ts';
import { containerEnd } from './watch-container-end.ts';
import type { WatchedRun } from './watched-run.ts';

const DAEMON_POLL_MS = 250;
/** A subreaper without children is about to end, or has a child that was born too late to be seen. */
const ORPHAN_POLL_MS = 5;

export type EndWatch = WatchedRun & {
  /** Nothing of the run is left. */
  readonly removed: () => void;
};

/**
 * Waits for the end of a run that was not asked to end, and tells it once nothing of the run is left.
 * A root that exits 0 and leaves processes behind has made itself a daemon: the run lives as long as they do.
 * After any other end of the root its orphans are killed: they would hold the port of the next run; what compose began
 * beside a container is stopped. What survives that is still of the run, which then has to be stopped like one that
 * lives.
 */
export async function watchEnd(watched: EndWatch): Promise<void> {
  const { live, dispatch } = watched;
  const exit = await wholeEnd(watched);
  if (live.ending.signal.aborted) return;
  const ended = await endWholeRun({
    record: live.traced,
    environment: live.environment.exported,
    policy: policyForRest(live.record),
  });
  if (live.ending.signal.aborted) return;
  const failure = exitFailure(watched, exit);
  if (!ended.ok) return dispatch({ type: 'replace', run: live.record.id, failure });
  live.ending.abort();
  const hasLostRace = exit.code !== 0 && isPortTaken(watched);
  watched.removed();
  dispatch({ type: 'exited', run: live.record.id, exit, failure, hasLostRace });
}

/** How the run ended by itself; of no meaning when it was asked to end meanwhile. */
async function wholeEnd(watched: EndWatch): Promise<ExitStatus> {
  const { live } = watched;
  const { container } = live.record;
  if (container?.state === 'up') return containerEnd(watched, container);
  const exit = await live.rootExited;
  if (!live.ending.signal.aborted && exit.code === 0) await lastMemberGone(watched);
  return exit;
}

/** Nothing of the run is left: what listens on its port is another server. */
function isPortTaken({ live, service }: EndWatch): boolean {
  const { port } = live.record;
  return port !== null && listenersOn(port).some(({ address }) => isReachedAs(address, service.host));
}

/**
 * The FIFO has the last word: a process that forks and exits all the time is hardly ever seen. The oldest process left
 * becomes the run's root, so that the record and the status name a process that lives.
 */
async function lastMemberGone({ live }: WatchedRun): Promise<void> {
  while (!live.ending.signal.aborted) {
    const { members, subreapers } = findRun(live.traced);
    const isUnclear = members.length === 0 && subreapers.some(({ isChildless }) => isChildless);
    if (members.length === 0 && !isUnclear && !hasFifoWriter(live.record.fifo)) return;
    const [oldest] = [...members].sort((one, other) => one.identity.startTime - other.identity.startTime);
    if (oldest !== undefined && (live.record.root === null || !isAlive(live.record.root))) {
      live.amend({ root: oldest.identity });
    }
    do await delay(isUnclear ? ORPHAN_POLL_MS : DAEMON_POLL_MS);
    while (isLookDear && hasFifoWriter(live.record.fifo) && !live.ending.signal.aborted);
  }
}

function exitFailure({ live, host }: WatchedRun, exit: ExitStatus): Failure {
  const { record } = live;
  return {
    reason: 'exited',
    exit,
    afterMs: live.ageMs,
    wasReady: record.readyAt !== null,
    ...lastWords(record, host.root),
  };
}
