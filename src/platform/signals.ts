import { errorCode } from './error-code.ts';
import { lineageOf } from './lineage.ts';
import { ownUserId } from './own-user.ts';
import { perTick } from './per-tick.ts';
import { livingEntry, type ProcessIdentity } from './process-identity.ts';
import type { ProcessEntry } from './process-table.ts';

/**
 * What became of a signal. `denied`: another user's process. `refused`: we would hurt ourselves (self, an ancestor, pid
 * 0 or 1), or a group holds a process that we must not signal.
 */
export type SignalOutcome = 'sent' | 'gone' | 'denied' | 'refused';

export type Signal = NodeJS.Signals;

export interface SignalledGroup {
  readonly witness: ProcessIdentity;
  readonly groupId: number;
  readonly table: readonly ProcessEntry[];
}

/** Sends a signal to this very process: its identity, user and harmlessness are checked in the same turn. */
export function signalProcess(identity: ProcessIdentity, signal: Signal): SignalOutcome {
  const { pid } = identity;
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid || ownAncestors().has(pid)) return 'refused';
  const entry = livingEntry(identity);
  if (entry === undefined) return 'gone';
  return entry.userId === ownUserId() ? send(pid, signal) : 'denied';
}

/**
 * Sends a signal to a whole process group at one instant, which not even a process that forks all the time escapes.
 * `witness` is a process known to belong there: only while it is in the group does the number still mean this group.
 * Refused when the group holds us, an ancestor or another user's process: then signal its members one by one. `table`
 * is one that was read in this turn.
 */
export function signalGroup({ witness, groupId, table }: SignalledGroup, signal: Signal): SignalOutcome {
  if (!Number.isInteger(groupId) || groupId <= 1) return 'refused';
  if (livingEntry(witness)?.groupId !== groupId) return 'gone';
  const ancestors = ownAncestors();
  const user = ownUserId();
  const mustNotBeHit = (entry: ProcessEntry): boolean =>
    entry.groupId === groupId && (entry.userId !== user || entry.pid === process.pid || ancestors.has(entry.pid));
  return table.some(mustNotBeHit) ? 'refused' : send(-groupId, signal);
}

/** Our parent, its parent and so on; read afresh each turn, because who loses its parent gets another. */
export const ownAncestors: () => ReadonlySet<number> = perTick(() => new Set(lineageOf(process.ppid)));

function send(target: number, signal: Signal): SignalOutcome {
  try {
    process.kill(target, signal);
    return 'sent';
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === 'ESRCH') return 'gone';
    if (code === 'EPERM') return 'denied';
    throw thrown;
  }
}
