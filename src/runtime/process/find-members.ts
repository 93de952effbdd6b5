import { currentBoot } from '../../platform/boot.ts';
import { hasFifoWriter } from '../../platform/fifo.ts';
import { commandLineOf, executableOf } from '../../platform/process-details.ts';
import { identityOfEntry, isAlive, isSameStart, type ProcessIdentity } from '../../platform/process-identity.ts';
import { type ProcessEntry, readProcessTable } from '../../platform/process-table.ts';
import { isProtectedProgram } from '../../platform/protected-program.ts';
import { realPathOf } from '../../platform/real-path.ts';
import { runTag, SUBREAPER_MARK, SUPERVISOR_MARK } from '../../platform/run-marks.ts';
import { ownAncestors } from '../../platform/signals.ts';
import { type Processes, withMarks } from './look-at-processes.ts';
import { orphansOfRoot } from './orphans-of-root.ts';
import type { RunTrace } from './run-trace.ts';
import { type MemberReason, selectMembers } from './select-members.ts';

/** A living process of a run, as of the turn in which it was found. */
export interface RunMember {
  readonly identity: ProcessIdentity;
  readonly entry: ProcessEntry;
  readonly reason: MemberReason;
}

/** What lives of a run, and apart from that the subreaper that it was started under: it is no part of the service. */
export interface RunView {
  readonly members: readonly RunMember[];
  readonly subreapers: readonly Subreaper[];
}

export interface Subreaper {
  readonly identity: ProcessIdentity;
  /** Nothing alive is seen under it: it is about to end, or a process there is born and dies too fast to be seen. */
  readonly isChildless: boolean;
}

export const NO_MEMBERS: RunView = { members: [], subreapers: [] };

/**
 * Every living process of a run, another user's too (it is never signalled); empty when nothing proves that any is.
 * Costs a look at all processes on the machine: about 4 ms for a hundred.
 */
export function findMembers(trace: RunTrace): readonly RunMember[] {
  const [members = []] = findMembersOfEach([trace]);
  return members;
}

/** `findMembers`, and what holds them together, at this moment. */
export function findRun(trace: RunTrace): RunView {
  return viewRun(trace, withMarks(readProcessTable()), NO_MEMBERS);
}

/** `findMembers` of several runs, in their order, at the price of one look. */
export function findMembersOfEach(traces: readonly RunTrace[]): readonly (readonly RunMember[])[] {
  if (traces.length === 0) return [];
  const processes = withMarks(readProcessTable());
  return traces.map((trace) => viewRun(trace, processes, NO_MEMBERS).members);
}

/**
 * `findMembers` among these processes, and what holds them together. A process that was seen in an earlier look stays
 * what it was for as long as it lives, because one that is ending shows no marks any more.
 */
export function viewRun(trace: RunTrace, { table, marks }: Processes, earlier: RunView): RunView {
  const { bootId, pidNamespace } = currentBoot();
  const { root } = trace;
  if (root !== null && (root.bootId !== bootId || root.pidNamespace !== pidNamespace)) return NO_MEMBERS;
  const tag = runTag(trace.id);
  const living = table.filter(({ state }) => state !== 'zombie');
  const isRoot = ({ pid, startTime }: ProcessEntry): boolean =>
    root !== null && pid === root.pid && isSameStart(startTime, root.startTime);
  const reapers = pidsOfLiving(earlier.subreapers);
  const subreapers = living.filter(
    ({ pid }) => reapers.has(pid) || [tag, SUBREAPER_MARK].every((key) => marks.get(pid)?.environmentKeys.has(key)),
  );
  const members = selectMembers({
    table,
    marks,
    tag,
    fifo: trace.fifo === '' ? '' : realPathOf(trace.fifo),
    log: trace.log === '' ? '' : realPathOf(trace.log),
    root: root === null ? null : { pid: root.pid, identityHolds: table.some(isRoot) },
    untouchable: untouchablePids(marks),
    orphans: orphansOfRoot(trace, table, () => hasFifoWriter(trace.fifo)),
    subreapers: new Set(subreapers.map(({ pid }) => pid)),
    known: pidsOfLiving(earlier.members),
    isProtectedProgram: ({ pid }) => isProtectedProgram(executableOf(pid) ?? '', commandLineOf(pid) ?? ''),
  }).map(({ entry, reason }) => ({ identity: identityOfEntry(entry), entry, reason }));
  return {
    members,
    subreapers: subreapers.map((entry) => ({
      identity: identityOfEntry(entry),
      isChildless: living.every(({ parentPid }) => parentPid !== entry.pid),
    })),
  };
}

function pidsOfLiving(known: readonly { readonly identity: ProcessIdentity }[]): ReadonlySet<number> {
  return new Set(known.filter(({ identity }) => isAlive(identity)).map(({ identity }) => identity.pid));
}

const untouchableOf = new WeakMap<Processes['marks'], ReadonlySet<number>>();

/**
 * Supervisors and subreapers too: one that was started from within a service's tree has services of its own under it.
 * The same for all runs that are looked for among the same processes.
 */
function untouchablePids(marks: Processes['marks']): ReadonlySet<number> {
  const known = untouchableOf.get(marks) ?? findUntouchable(marks);
  untouchableOf.set(marks, known);
  return known;
}

function findUntouchable(marks: Processes['marks']): ReadonlySet<number> {
  const ofDevgen = [...marks].filter(([, { environmentKeys }]) =>
    [SUPERVISOR_MARK, SUBREAPER_MARK].some((key) => environmentKeys.has(key)),
  );
  return new Set([1, process.pid, ...ownAncestors(), ...ofDevgen.map(([pid]) => pid)]);
}
