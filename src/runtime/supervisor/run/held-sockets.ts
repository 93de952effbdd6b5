import { type HeldSocket, heldSocketOf } from '../../../platform/held-socket.ts';
import type { Listener } from '../../../platform/listeners.ts';
import { findMembers } from '../../process/find-members.ts';
import type { RunRecord } from '../../state/run-record.ts';

/** A run's own listeners as sockets of its processes: of its root where it has them, else of any member. */
export function heldSocketsOf(record: RunRecord, ours: readonly Listener[]): readonly HeldSocket[] {
  const root = record.root === null ? [] : [record.root.pid];
  return ours.flatMap((listener) => heldSocketOf(listener, root) ?? heldSocketOf(listener, memberPids(record)) ?? []);
}

/** Looked for only when they are asked for, which not every system does. */
function* memberPids(record: RunRecord): Iterable<number> {
  for (const { identity } of findMembers(record)) yield identity.pid;
}
