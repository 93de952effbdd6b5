import type { PortUse } from '../../../platform/port-uses.ts';
import type { ProcessEntry } from '../../../platform/process-table.ts';
import type { CommandRun } from '../../state/command-run.ts';

/** Why a process is to be ended. */
export type EndingReason =
  | { readonly kind: 'supervisor' }
  | OwnReason
  | ({ readonly kind: 'port' } & PortUse)
  | { readonly kind: 'name' }
  /** Under that process, or of the same run of another checkout. */
  | { readonly kind: 'with'; readonly pid: number };

/** It is of a run of this checkout; `service` is `null` when the run's record is gone. */
export type OwnReason = { readonly kind: 'run'; readonly service: string | null } | Pick<CommandRun, 'kind' | 'name'>;

/** Why it is left alone all the same. `caller`: pid 1 and whom this command descends from. */
export type Exemption = 'caller' | 'container-engine' | 'other-user' | 'protected-program' | 'other-checkout';

/** What a process of another checkout belongs to, as far as it is known. */
export interface OtherRun {
  /** Id of the run; empty: a supervisor. */
  readonly run: string;
  readonly root: string | null;
  readonly service: string | null;
}

export interface JudgedProcess {
  readonly entry: ProcessEntry;
  readonly reason: EndingReason;
  /** `null`: it is to be ended. */
  readonly exemption: Exemption | null;
  readonly other: OtherRun | null;
}

/** Everything that decides who is ended. */
export interface ShutdownFacts {
  readonly table: readonly ProcessEntry[];
  readonly userId: number;
  readonly callers: ReadonlySet<number>;
  readonly supervisors: ReadonlySet<number>;
  readonly members: ReadonlyMap<number, OwnReason>;
  readonly portUses: readonly PortUse[];
  /** Who was chosen at an earlier look, and still is that very process: its reason may have died since. */
  readonly known: ReadonlyMap<number, EndingReason>;
  /** Whether it has the name that the user gave, where the user meant. */
  isNamed(entry: ProcessEntry): boolean;
  isProtected(entry: ProcessEntry): boolean;
  isEngine(entry: ProcessEntry): boolean;
  otherRunOf(entry: ProcessEntry): OtherRun | null;
}

/**
 * Every process that there is a reason to end in a hard shutdown. Pure. Never to be ended: zombies, callers, pid 1,
 * other users' processes, container engines, browsers, editors and terminals (but for a service that is one); nor a
 * process of another checkout, unless its run has one of the ports. A process below one that is ended is judged by the
 * same rules.
 */
export function chooseProcesses(facts: ShutdownFacts): readonly JudgedProcess[] {
  const living = facts.table.filter(({ state }) => state !== 'zombie');
  const judged = new Map<number, JudgedProcess>();
  /** Runs of other checkouts that have a port, with who has it. */
  const runs = new Map<string, number>();
  const judge = (entry: ProcessEntry, reason: EndingReason): void => {
    const other = facts.otherRunOf(entry);
    const isKept = other !== null && (reason.kind === 'name' || reason.kind === 'with') && !runs.has(other.run);
    const exemption = exemptionOf(entry, reason, facts) ?? (isKept ? 'other-checkout' : null);
    judged.set(entry.pid, { entry, reason, exemption, other });
    if (reason.kind === 'port' && exemption === null && other !== null && other.run !== '')
      runs.set(other.run, entry.pid);
  };
  /** Of our own runs the children are known already; a later process may have got the pid of a parent that ended. */
  const leaderOf = (entry: ProcessEntry): number | undefined => {
    const parent = judged.get(entry.parentPid);
    const leads = parent?.exemption === null && !isOurs(parent.reason) && parent.reason.kind !== 'supervisor';
    if (leads && parent.entry.startTime <= entry.startTime) return entry.parentPid;
    return runs.size === 0 ? undefined : runs.get(facts.otherRunOf(entry)?.run ?? '');
  };
  const reasons = living.map((entry) => ({ entry, reason: reasonOf(entry, facts) }));
  // The ports first: whose run has one decides what else of that run is ended.
  for (const { entry, reason } of reasons) if (reason?.kind === 'port') judge(entry, reason);
  for (const { entry, reason } of reasons) if (reason !== null && reason.kind !== 'port') judge(entry, reason);
  for (let before = -1; before !== judged.size; ) {
    before = judged.size;
    for (const entry of living) {
      const leader = judged.has(entry.pid) ? undefined : leaderOf(entry);
      if (leader !== undefined) judge(entry, { kind: 'with', pid: leader });
    }
  }
  return [...judged.values()].sort((one, another) => one.entry.pid - another.entry.pid);
}

function reasonOf(entry: ProcessEntry, facts: ShutdownFacts): EndingReason | null {
  const { pid } = entry;
  if (facts.supervisors.has(pid)) return { kind: 'supervisor' };
  const member = facts.members.get(pid);
  if (member !== undefined) return member;
  const uses = facts.portUses.filter((use) => use.pid === pid);
  const use = uses.find(({ isListening }) => isListening) ?? uses[0];
  if (use !== undefined) return { kind: 'port', ...use };
  return facts.known.get(pid) ?? (facts.isNamed(entry) ? { kind: 'name' } : null);
}

function exemptionOf(entry: ProcessEntry, reason: EndingReason, facts: ShutdownFacts): Exemption | null {
  if (entry.pid <= 1 || facts.callers.has(entry.pid)) return 'caller';
  if (!isOurs(reason) && facts.isEngine(entry)) return 'container-engine';
  if (entry.userId !== facts.userId) return 'other-user';
  // A browser that a service opened is no member of its run; one that is a member is what the service consists of.
  return !isOurs(reason) && facts.isProtected(entry) ? 'protected-program' : null;
}

function isOurs({ kind }: EndingReason): boolean {
  return kind === 'run' || kind === 'task' || kind === 'setup' || kind === 'hook';
}
