import type { ProcessEntry, ProcessMarks } from '../../platform/process-table.ts';
import { runIdsOf } from '../../platform/run-marks.ts';

/** How a process was told to belong to a run, the strongest evidence first. */
export type MemberReason = 'root' | 'tag' | 'stdin' | 'adopted' | 'output' | 'known' | 'group' | 'session' | 'parent';

export interface SelectedMember {
  readonly entry: ProcessEntry;
  readonly reason: MemberReason;
}

/** Everything that decides which processes belong to a run; paths as the kernel names them. */
export interface Evidence {
  readonly table: readonly ProcessEntry[];
  /** Absent: not readable. */
  readonly marks: ReadonlyMap<number, ProcessMarks>;
  readonly tag: string;
  readonly fifo: string;
  readonly log: string;
  /** Pid of the recorded root, and whether it still is that very process; `null`: none was recorded. */
  readonly root: { readonly pid: number; readonly identityHolds: boolean } | null;
  /** Never members, nor does the run spread through them: ourselves, our ancestors, pid 1, supervisors, subreapers. */
  readonly untouchable: ReadonlySet<number>;
  /** Pids of children that the ended root has left, where the system goes on to name it as their parent (Windows). */
  readonly orphans: ReadonlySet<number>;
  /** Pids of the run's own, among the untouchable: a process that lost its parent under one has it as parent. */
  readonly subreapers: ReadonlySet<number>;
  /** Pids that were members at an earlier look and still are those very processes: their proof may have died since. */
  readonly known: ReadonlySet<number>;
  /** Whether it runs a browser or editor; asked only about processes without any mark but a tag. */
  readonly isProtectedProgram: (entry: ProcessEntry) => boolean;
}

/**
 * The processes of a run, pure: seeds are those that carry its tag, its FIFO or its log, or were adopted by its
 * subreaper, and its root when its identity holds and something confirms it; then their children, groups and sessions,
 * until no process is added.
 * Without a root whose identity holds, and without a tag, FIFO or subreaper anywhere, no process is a member: the log
 * alone may be held by any.
 * Processes of other users can be members; they are never signalled.
 */
export function selectMembers(evidence: Evidence): readonly SelectedMember[] {
  const living = evidence.table.filter(({ state }) => state !== 'zombie');
  const seeds = seedsOf(living, evidence);
  const root = living.find(({ pid }) => evidence.root?.identityHolds === true && pid === evidence.root.pid);
  const isRootConfirmed = root !== undefined && confirms(root, seeds, evidence);
  const isProved = living.some((entry) => proves(entry, seeds.get(entry.pid), evidence));
  if (!isRootConfirmed && !isProved) return [];
  const members = new Map(seeds);
  if (isRootConfirmed && !evidence.untouchable.has(root.pid)) members.set(root.pid, 'root');
  const candidates = living.filter(({ pid }) => !evidence.untouchable.has(pid));
  const kept = protectedOf(candidates, members, evidence);
  for (const pid of kept) members.delete(pid);
  spread(
    candidates.filter(({ pid }) => !kept.has(pid)),
    members,
    evidence,
  );
  return candidates.flatMap((entry) => {
    const reason = members.get(entry.pid);
    return reason === undefined ? [] : [{ entry, reason }];
  });
}

function seedsOf(living: readonly ProcessEntry[], evidence: Evidence): Map<number, MemberReason> {
  const seeds = new Map<number, MemberReason>();
  for (const { pid, parentPid } of living) {
    if (evidence.untouchable.has(pid)) continue;
    const marks = evidence.marks.get(pid);
    if (marks?.environmentKeys.has(evidence.tag) === true) seeds.set(pid, 'tag');
    else if (evidence.fifo !== '' && marks?.stdin === evidence.fifo) seeds.set(pid, 'stdin');
    else if (evidence.subreapers.has(parentPid) && !isOfAnotherRun(marks)) seeds.set(pid, 'adopted');
    else if (evidence.known.has(pid)) seeds.set(pid, 'known');
    else if (evidence.orphans.has(pid)) seeds.set(pid, 'parent');
    else if (marks?.stdout === evidence.log || marks?.stderr === evidence.log) seeds.set(pid, 'output');
  }
  return seeds;
}

/** Such as a service of another checkout: its supervisor, started from this run's tree, was killed. */
function isOfAnotherRun(marks: ProcessMarks | undefined): boolean {
  return runIdsOf(marks?.environmentKeys ?? []).length > 0;
}

/** Whether a seed needs no root to vouch for it. The log suffices only in the group that the root led. */
function proves({ groupId }: ProcessEntry, reason: MemberReason | undefined, { root }: Evidence): boolean {
  return reason === 'output' ? groupId === root?.pid : reason !== undefined;
}

/** A pid and start time alone are no proof: the root must carry a mark, lead a process that does, or be unreadable. */
function confirms(
  root: ProcessEntry,
  seeds: ReadonlyMap<number, MemberReason>,
  { table, marks, untouchable }: Evidence,
): boolean {
  if (seeds.has(root.pid) || !marks.has(root.pid) || untouchable.has(root.pid)) return true;
  return table.some(
    (entry) =>
      seeds.has(entry.pid) &&
      (entry.parentPid === root.pid || entry.groupId === root.pid || entry.sessionId === root.pid),
  );
}

/**
 * Browsers and editors that the service opened, with all that is under them: they carry the tag by inheritance, but
 * left the run's session, and none of the run's files is theirs.
 */
function protectedOf(
  candidates: readonly ProcessEntry[],
  members: ReadonlyMap<number, MemberReason>,
  evidence: Evidence,
): ReadonlySet<number> {
  const hasFile = (pid: number): boolean => {
    const { stdin, stdout, stderr } = evidence.marks.get(pid) ?? { stdin: null, stdout: null, stderr: null };
    return (stdin !== null && stdin === evidence.fifo) || stdout === evidence.log || stderr === evidence.log;
  };
  const hasOwnSession = ({ sessionId }: ProcessEntry): boolean => sessionId !== evidence.root?.pid;
  const opened = candidates.filter(
    (entry) =>
      ['tag', 'adopted'].includes(members.get(entry.pid) ?? '') &&
      hasOwnSession(entry) &&
      !hasFile(entry.pid) &&
      evidence.isProtectedProgram(entry),
  );
  const kept = new Set(opened.map(({ pid }) => pid));
  const sessions = new Set(opened.filter(({ pid, sessionId }) => pid === sessionId).map(({ sessionId }) => sessionId));
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const entry of candidates) {
      if ((kept.has(entry.parentPid) || sessions.has(entry.sessionId)) && !hasFile(entry.pid)) kept.add(entry.pid);
    }
  }
  return kept;
}

/** Adds children, and what is in a group or session that a member leads or the root led, until nothing is added. */
function spread(candidates: readonly ProcessEntry[], members: Map<number, MemberReason>, { root }: Evidence): void {
  const startOf = new Map(candidates.map(({ pid, startTime }) => [pid, startTime]));
  for (let before = -1; before !== members.size; ) {
    before = members.size;
    const led = new Set(members.keys());
    // The number of a group or session whose leader is dead stays taken while one of ours is in it.
    const isOfRoot = ({ pid, groupId, sessionId }: ProcessEntry): boolean =>
      members.has(pid) && root !== null && (groupId === root.pid || sessionId === root.pid);
    if (root !== null && candidates.some(isOfRoot)) led.add(root.pid);
    for (const entry of candidates) {
      if (members.has(entry.pid)) continue;
      const reason = reasonToAdd(entry, members, led);
      // A later process may have got the pid of a parent that ended (Windows never clears it).
      if (reason === 'parent' && (startOf.get(entry.parentPid) ?? 0) > entry.startTime) continue;
      if (reason !== undefined) members.set(entry.pid, reason);
    }
  }
}

function reasonToAdd(
  { parentPid, groupId, sessionId }: ProcessEntry,
  members: ReadonlyMap<number, MemberReason>,
  led: ReadonlySet<number>,
): MemberReason | undefined {
  if (groupId !== 0 && led.has(groupId)) return 'group';
  if (sessionId !== 0 && led.has(sessionId)) return 'session';
  return members.has(parentPid) ? 'parent' : undefined;
}
