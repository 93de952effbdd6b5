import { err, ok, type Result } from '../../base/result.ts';
import { canAskToEnd } from '../../platform/can-ask-to-end.ts';
import { systemClock } from '../../platform/clock.ts';
import { fifoWriters, hasFifoWriter } from '../../platform/fifo.ts';
import { isLookDear } from '../../platform/is-look-dear.ts';
import { pidExists } from '../../platform/pid-exists.ts';
import { commandLineOf } from '../../platform/process-details.ts';
import { isAlive } from '../../platform/process-identity.ts';
import { type Signal, signalProcess } from '../../platform/signals.ts';
import type { LeftProcess } from '../state/lifecycle.ts';
import { removeStateFile } from '../state/state-file.ts';
import { chaseHidden } from './chase-hidden.ts';
import type { RunMember } from './find-members.ts';
import { findLogWriters } from './log-writers.ts';
import { type RunEndWatch, watchRunEnd } from './run-end-watch.ts';
import type { RunTrace } from './run-trace.ts';
import { type MemberLook, type MemberSearch, searchMembers } from './search-members.ts';
import { type Asked, askMembers, killMembers } from './signal-members.ts';

export interface StopPolicy {
  readonly signal: Signal;
  readonly graceMs: number;
}

/** Left over when a stop failed: pid and command of each; empty when only its FIFO tells that something is. */
export type StopOutcome = Result<{ readonly tookMs: number }, readonly LeftProcess[]>;

export type OnKill = (left: readonly LeftProcess[]) => void;

const POLL_MS = 15;
/** What a subreaper is given to notice that all is over, before another look at all processes is taken. */
const NOTICE_MS = 10;
/** Between two full looks while nothing seems to change: a process may have been orphaned or born. */
const RESCAN_MS = 150;
/** What holds the FIFO and cannot be seen for so long cannot be asked either. */
const HIDDEN_MS = 100;
/** Between two rounds of SIGKILL: the first come fast, against processes that fork all the time. */
const KILL_PAUSES_MS = [2, 4, 4, 6, 8, 12, 16, 24, 32, 50];
/** A subreaper that has not noticed for so long, and in so many looks, that all is over is suspended. */
const UNNOTICED = { ms: 200, looks: 4 };
/** What survives SIGKILL for so long sleeps in the kernel, or is another user's. */
const KILL_LIMIT_MS = 4000;

/**
 * Stops a run and returns when nothing of it is left: no member in two looks, no subreaper, no writer at its FIFO
 * (which is then removed), no other writer at its log. The signal goes to the group, as Ctrl+C would; after the grace
 * period SIGKILL goes to whatever lives, and `onKill` is told once what that is. Takes at most the grace period and
 * four seconds more.
 * Only processes that were checked in the same turn are signalled.
 */
export async function stopRun(trace: RunTrace, policy: StopPolicy, onKill: OnKill): Promise<StopOutcome> {
  const startedMs = performance.now();
  const search = searchMembers(trace);
  const endWatch = watchRunEnd(trace.fifo);
  try {
    const isGone =
      (canAskToEnd && policy.signal !== 'SIGKILL' && (await askUntilGone(search, policy, endWatch))) ||
      (await killUntilGone(search, endWatch, onKill));
    const left = await (isGone ? findLogWriters(trace) : leftOf(search));
    if (!isGone || left.length > 0) return err(left.map(describe));
    if (trace.fifo !== '') removeStateFile(trace.fifo); // Where nothing can be removed it stays, and does no harm.
    return ok({ tookMs: performance.now() - startedMs });
  } finally {
    endWatch.close();
  }
}

/** Like `stopRun`, with SIGKILL at once. */
export function killRun(trace: RunTrace, onKill: OnKill): Promise<StopOutcome> {
  return stopRun(trace, { signal: 'SIGKILL', graceMs: 0 }, onKill);
}

async function askUntilGone(
  search: MemberSearch,
  { signal, graceMs }: StopPolicy,
  endWatch: RunEndWatch,
): Promise<boolean> {
  const asked: Asked = new Set();
  const endMs = performance.now() + graceMs;
  let members: readonly RunMember[] = [];
  let lookedMs = Number.NEGATIVE_INFINITY;
  let seenMs = performance.now();
  for (;;) {
    const nowMs = performance.now();
    const hasChanged = members.length === 0 || members.some(({ identity }) => !isAlive(identity));
    if (hasChanged || nowMs - lookedMs >= RESCAN_MS) {
      const look = await search.look();
      members = look.members;
      lookedMs = nowMs;
      askMembers(look, signal, asked);
    }
    if (members.length > 0) seenMs = nowMs;
    else if (await isEmpty(search)) return true;
    if (nowMs >= endMs || nowMs - seenMs >= HIDDEN_MS) return false;
    await endWatch.next(Math.min(POLL_MS, endMs - nowMs));
  }
}

async function killUntilGone(search: MemberSearch, endWatch: RunEndWatch, onKill: OnKill): Promise<boolean> {
  const startedMs = performance.now();
  const endMs = startedMs + KILL_LIMIT_MS;
  let isTold = false;
  for (let round = 0; ; round++) {
    const look = await search.look();
    if (look.members.length > 0) {
      if (!isTold && canAskToEnd) onKill(look.members.map(({ entry }) => describe(entry.pid)));
      isTold = true;
      killMembers(look);
      if (isLookDear) await pidsGone(look, endMs);
    } else {
      if (await isEmpty(search)) return true;
      chaseHidden(search.trace, search.subreapers());
      const tookMs = performance.now() - startedMs;
      if (round >= UNNOTICED.looks && tookMs >= UNNOTICED.ms) endSubreapers(search);
    }
    if (performance.now() >= endMs) return false;
    await endWatch.next(KILL_PAUSES_MS[round] ?? 50);
  }
}

/**
 * After a first look that found nothing; a second where that is not dear. The FIFO has the last word, for it sees what
 * every look misses; and a subreaper, for it ends with its last descendant. One that has children left, all of them
 * protected, is not needed any more.
 */
async function isEmpty(search: MemberSearch): Promise<boolean> {
  const last = search.subreapers().filter(({ isChildless }) => isChildless);
  for (let ms = 0; ms < NOTICE_MS && last.some(({ identity }) => isAlive(identity)); ms++) await systemClock.delay(1);
  if (hasFifoWriter(search.trace.fifo)) return false;
  if (!isLookDear && (await search.look()).members.length > 0) return false;
  return !search.subreapers().some(({ isChildless }) => isChildless) && !endSubreapers(search);
}

/** Spares looks that could only find what has been killed and not ended yet. */
async function pidsGone({ members }: MemberLook, endMs: number): Promise<void> {
  const lives = (): boolean => members.some(({ identity }) => pidExists(identity.pid));
  while (lives() && performance.now() < endMs) await systemClock.delay(POLL_MS);
}

/** Whether any was there to be ended. One that we live under ourselves is left to end with us. */
function endSubreapers(search: MemberSearch): boolean {
  return search.subreapers().filter(({ identity }) => signalProcess(identity, 'SIGKILL') === 'sent').length > 0;
}

async function leftOf(search: MemberSearch): Promise<readonly number[]> {
  const { members } = await search.look();
  return [...new Set([...members.map(({ entry }) => entry.pid), ...fifoWriters(search.trace.fifo)])];
}

function describe(pid: number): LeftProcess {
  return { pid, command: commandLineOf(pid) ?? '' };
}
