import type { ShapeOf } from '../base/shape.ts';
import { currentBoot } from './boot.ts';
import type { identityShape } from './identity-shape.ts';
import { findLife, findProcess, type ProcessEntry } from './process-table.ts';

/** Which process, beyond doubt: a pid alone is reused. */
export interface ProcessIdentity extends ShapeOf<typeof identityShape> {}

/** `undefined`: gone, or a zombie. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const entry = findProcess(pid);
  return entry === undefined || entry.state === 'zombie' ? undefined : identityOfEntry(entry);
}

/** The identity of a row of the process table that was read on this machine, in this namespace. */
export function identityOfEntry(entry: ProcessEntry): ProcessIdentity {
  return { ...currentBoot(), pid: entry.pid, startTime: entry.startTime };
}

/**
 * Of a child that was spawned in this turn: it is not reaped yet, so even one that has ended shows its start time. On
 * Windows the table is dear, and our own clock will do.
 */
export function identityOfChild(pid: number): ProcessIdentity {
  const startTime = process.platform === 'win32' ? Date.now() : (findProcess(pid)?.startTime ?? 0);
  return { ...currentBoot(), pid, startTime };
}

/**
 * How much sooner Windows may say that a child began than our clock after the spawn, and how much later. As long as the
 * child lived its pid was taken: who has it and began later is another process. Elsewhere both are from the system.
 */
const SPAWN_MS = process.platform === 'win32' ? { sooner: 10_000, later: 50 } : { sooner: 0, later: 0 };

/** Whether the start time that the process table has of a pid is that of the life which was recorded. */
export function isSameStart(found: number, recorded: number): boolean {
  return found >= recorded - SPAWN_MS.sooner && found <= recorded + SPAWN_MS.later;
}

/**
 * Whether this very process still lives.
 * A zombie does not; nor does one of another boot or pid namespace, whose pids mean nothing here.
 */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.pid === process.pid && own !== undefined)
    return own.startTime === identity.startTime && isOfHere(identity);
  return isOfHere(identity) && isLife(findLife(identity.pid), identity);
}

/** The current row of this very process; `undefined` exactly when `isAlive` is false. */
export function livingEntry(identity: ProcessIdentity): ProcessEntry | undefined {
  const entry = isOfHere(identity) ? findProcess(identity.pid) : undefined;
  return isLife(entry, identity) ? entry : undefined;
}

function isOfHere({ bootId, pidNamespace }: ProcessIdentity): boolean {
  const boot = currentBoot();
  return bootId === boot.bootId && pidNamespace === boot.pidNamespace;
}

function isLife(found: Pick<ProcessEntry, 'state' | 'startTime'> | undefined, { startTime }: ProcessIdentity): boolean {
  return found !== undefined && found.state !== 'zombie' && isSameStart(found.startTime, startTime);
}

let own: ProcessIdentity | undefined;

export function ownIdentity(): ProcessIdentity {
  own ??= identityOf(process.pid);
  if (own === undefined) throw new Error('the process table does not show this very process');
  return own;
}
