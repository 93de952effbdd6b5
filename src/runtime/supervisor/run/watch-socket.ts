import { holdOn } from '../../../platform/listeners.ts';
import { findMembers } from '../../process/find-members.ts';
import { ownershipOf } from './check-run.ts';
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
  let holds = holdsOf(live.record);
  const look = (): void => {
    if (!holds.every((isOpen) => isOpen())) {
      holds = [];
      action();
      holds = holdsOf(live.record);
    }
    timer = host.clock.schedule(PERIOD_MS, look);
  };
  let timer = host.clock.schedule(PERIOD_MS, look);
  return { isHeld: () => holds.length > 0, close: () => timer.cancel() };
}

function holdsOf(record: WatchedRun['live']['record']): readonly (() => boolean)[] {
  if (record.port === null) return [];
  const { ours } = ownershipOf(record, record.port);
  const root = record.root === null ? [] : [record.root.pid];
  const members = (): readonly number[] => findMembers(record).map(({ identity }) => identity.pid);
  return ours.flatMap((listener) => holdOn(listener, root) ?? holdOn(listener, members()) ?? []);
}
