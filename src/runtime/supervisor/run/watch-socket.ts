import { msToSharedMoment, type Scheduled } from '../../../platform/clock.ts';
import { type HeldSocket, isStillHeld } from '../../../platform/held-socket.ts';
import type { Listener } from '../../../platform/listeners.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { ownershipOf } from './check-run.ts';
import { heldSocketsOf } from './held-sockets.ts';
import type { LiveRun } from './live-run.ts';
import { noteBesides } from './note-besides.ts';
import type { WatchedRun } from './watched-run.ts';

/** Two of these and a look are less than a second. */
const PERIOD_MS = 400;

export interface SocketWatch {
  /** Whether the system tells of it. */
  isHeld(): boolean;
  close(): void;
}

export interface SocketNews {
  /** A socket on which the run listens is gone, be it that another one has taken its place. */
  onClosed(): void;
  /** One more socket listens on its port, or on the one that it has left, whosever it is. */
  onOpened(): void;
}

/**
 * Tells what becomes of the sockets on a run's port, and notes which ports it has beside that one; at rest it costs one
 * link to read, some µs, and with all other runs together what `LatelyListening` does. Where the system has no such
 * means it tells nothing.
 */
export function watchSocket({ live, host }: Pick<WatchedRun, 'live' | 'host'>, news: SocketNews): SocketWatch {
  if (!isHeld(live)) live.noteSockets(findSockets(live.record));
  const known = new Set<string>();
  let changes = -1;
  const look = (): void => {
    if (live.sockets.length > 0 && !isHeld(live)) {
      news.onClosed();
      live.noteSockets(findSockets(live.record));
    } else if (live.sockets.length > 0) {
      if (changes !== host.lately.changes) void noteBesides(live).catch(host.reportBug);
      changes = host.lately.changes;
      for (const { inode } of live.sockets) known.add(inode);
      const own = known.size;
      for (const { inode } of listeningAt([live.record.port, live.movedFrom], host)) known.add(inode);
      if (known.size > own) news.onOpened();
    }
    timer = later();
  };
  const later = (): Scheduled => host.clock.schedule(msToSharedMoment(PERIOD_MS, host.clock), look);
  let timer = later();
  return { isHeld: () => live.sockets.length > 0, close: () => timer.cancel() };
}

function listeningAt(ports: readonly (number | null)[], host: WatchedRun['host']): readonly Listener[] {
  return ports.flatMap((port) => (port === null ? [] : host.lately.on(port)));
}

function isHeld({ sockets }: LiveRun): boolean {
  return sockets.length > 0 && sockets.every(isStillHeld);
}

function findSockets(record: RunRecord): readonly HeldSocket[] {
  return record.port === null ? [] : heldSocketsOf(record, ownershipOf(record, record.port).ours);
}
