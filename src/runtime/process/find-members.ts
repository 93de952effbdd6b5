import { currentBoot } from '../../platform/boot.ts';
import { commandLineOf, executableOf } from '../../platform/process-details.ts';
import { identityOfEntry, isAlive, type ProcessIdentity } from '../../platform/process-identity.ts';
import { type ProcessEntry, type ProcessMarks, readMarksOf, readProcessTable } from '../../platform/process-table.ts';
import { realPathOf } from '../../platform/real-path.ts';
import { ownAncestors } from '../../platform/signals.ts';
import { SUPERVISOR_MARK } from '../../platform/spawn-supervisor.ts';
import { runTag } from './run-tag.ts';
import type { RunTrace } from './run-trace.ts';
import { type MemberReason, selectMembers } from './select-members.ts';
import { isSparedProgram } from './spared-program.ts';

/** A living process of a run, as of the turn in which it was found. */
export interface RunMember {
  readonly identity: ProcessIdentity;
  readonly entry: ProcessEntry;
  readonly reason: MemberReason;
}

/**
 * Every living process of a run, another user's too (it is never signalled); empty when nothing proves that any is.
 * `known` are members of an earlier look, who stay members for as long as they live.
 * Costs a look at all processes on the machine: about 4 ms for a hundred.
 */
export function findMembers(trace: RunTrace, known: readonly ProcessIdentity[] = []): readonly RunMember[] {
  const { bootId, pidNamespace } = currentBoot();
  const { root } = trace;
  if (root !== null && (root.bootId !== bootId || root.pidNamespace !== pidNamespace)) return [];
  const table = readProcessTable();
  const marks = readMarksOf(table.filter(({ state }) => state !== 'zombie').map(({ pid }) => pid));
  const rootEntry = table.find(({ pid }) => pid === root?.pid);
  return selectMembers({
    table,
    marks,
    tag: runTag(trace.id),
    fifo: trace.fifo === '' ? '' : realPathOf(trace.fifo),
    log: trace.log === '' ? '' : realPathOf(trace.log),
    root: root === null ? null : { pid: root.pid, identityHolds: rootEntry?.startTime === root.startTime },
    untouchable: untouchablePids(marks),
    known: new Set(known.filter(isAlive).map(({ pid }) => pid)),
    isSparedProgram: ({ pid }) => isSparedProgram(executableOf(pid) ?? '', commandLineOf(pid) ?? ''),
  }).map(({ entry, reason }) => ({ identity: identityOfEntry(entry), entry, reason }));
}

/** Supervisors too: one that was started from within a service's tree has services of its own under it. */
function untouchablePids(marks: ReadonlyMap<number, ProcessMarks>): ReadonlySet<number> {
  const supervisors = [...marks].filter(([, { environmentKeys }]) => environmentKeys.has(SUPERVISOR_MARK));
  return new Set([1, process.pid, ...ownAncestors(), ...supervisors.map(([pid]) => pid)]);
}
