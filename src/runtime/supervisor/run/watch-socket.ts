import { msToSharedMoment, type Scheduled } from '../../../platform/clock.ts';
import { type HeldSocket, isStillHeld } from '../../../platform/held-socket.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { ownershipOf } from './check-run.ts';
import { heldSocketsOf } from './held-sockets.ts';
import type { LiveRun } from './live-run.ts';
import type { WatchedRun } from './watched-run.ts';

/** Two of these and a look are less than a second. */
const PERIOD_MS = 400;

export interface SocketWatch {
  /** Whether the system tells of it. */
  isHeld(): boolean;
  close(): void;
}

/**
 * Calls `action` when a socket on which the run listens is gone, be it that another one has taken its place; at rest it
 * costs one link to read, some µs. Where the system has no such means it calls nothing.
 */
export function watchSocket({ live, host }: Pick<WatchedRun, 'live' | 'host'>, action: () => void): SocketWatch {
  if (!isHeld(live)) live.noteSockets(findSockets(live.record));
  const look = (): void => {
    if (live.sockets.length > 0 && !isHeld(live)) {
      action();
      live.noteSockets(findSockets(live.record));
    }
    timer = later();
  };
  const later = (): Scheduled => host.clock.schedule(msToSharedMoment(PERIOD_MS, host.clock), look);
  let timer = later();
  return { isHeld: () => live.sockets.length > 0, close: () => timer.cancel() };
}

function isHeld({ sockets }: LiveRun): boolean {
  return sockets.length > 0 && sockets.every(isStillHeld);
}

function findSockets(record: RunRecord): readonly HeldSocket[] {
  return record.port === null ? [] : heldSocketsOf(record, ownershipOf(record, record.port).ours);
}
