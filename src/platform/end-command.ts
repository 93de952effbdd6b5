import { systemClock } from './clock.ts';
import { ownUserId } from './own-user.ts';
import { identityOfEntry, isAlive, isSameStart, type ProcessIdentity } from './process-identity.ts';
import { type ProcessEntry, readProcessTable } from './process-table.ts';
import { ownAncestors, type Signal, signalProcess } from './signals.ts';

const POLL_MS = 15;
/** What survives SIGKILL for so long sleeps in the kernel. */
const KILL_LIMIT_MS = 2000;

/**
 * Ends a command that we started, with all that it started; resolves when nothing is left of it, or nothing can be
 * done. Each process is asked once; one that is born meanwhile is found by its parent or by the command's process
 * group, and one that was seen once stays known when its parent ends before it. After `graceMs` SIGKILL.
 */
export async function endCommand(root: ProcessIdentity, graceMs: number): Promise<void> {
  const tree = new CommandTree(root);
  if (await tree.endWithin(graceMs, 'SIGTERM')) return;
  await tree.endWithin(KILL_LIMIT_MS, 'SIGKILL');
}

class CommandTree {
  readonly #root: ProcessIdentity;
  readonly #known = new Map<string, ProcessIdentity>();

  constructor(root: ProcessIdentity) {
    this.#root = root;
    this.#add(root);
  }

  /** Signals everything, what is found later too; `false`: something lives on after that time. */
  async endWithin(limitMs: number, signal: Signal): Promise<boolean> {
    const endMs = performance.now() + limitMs;
    const signalled = new Set<string>();
    for (;;) {
      const living = this.#look();
      if (living.length === 0) return true;
      for (const identity of living) {
        if (!signalled.has(keyOf(identity))) signalProcess(identity, signal);
        signalled.add(keyOf(identity));
      }
      if (performance.now() >= endMs) return false;
      await systemClock.delay(POLL_MS);
    }
  }

  /** What lives of the command now. */
  #look(): readonly ProcessIdentity[] {
    const living = [...this.#known.values()].filter(isAlive);
    const members = selectCommand(readProcessTable(), {
      root: this.#root,
      known: new Set(living.map(({ pid }) => pid)),
      kept: new Set([process.pid, ...ownAncestors()]),
      userId: ownUserId(),
    });
    const identities = members.map(identityOfEntry);
    for (const identity of identities) this.#add(identity);
    return identities;
  }

  #add(identity: ProcessIdentity): void {
    this.#known.set(keyOf(identity), identity);
  }
}

interface CommandQuery {
  readonly root: Pick<ProcessIdentity, 'pid' | 'startTime'>;
  /** Pids of its living processes that were seen before. */
  readonly known: ReadonlySet<number>;
  /** Neither they nor what is under them. */
  readonly kept: ReadonlySet<number>;
  readonly userId: number;
}

/**
 * Pure: the living processes of a command: those known, those in the group that its root leads or led, and all
 * descendants. The number of a group that has lost its leader cannot be given to another one as long as the group has
 * members.
 */
function selectCommand(table: readonly ProcessEntry[], { root, known, kept, userId }: CommandQuery): ProcessEntry[] {
  const candidates = table.filter(
    (entry) => entry.userId === userId && !kept.has(entry.pid) && entry.state !== 'zombie',
  );
  const members = new Set<number>(known);
  const leader = table.find(({ pid }) => pid === root.pid);
  if (leader === undefined || isSameStart(leader.startTime, root.startTime)) {
    for (const { pid, groupId } of candidates) if (groupId === root.pid) members.add(pid);
  }
  for (let before = -1; before !== members.size; ) {
    before = members.size;
    for (const { pid, parentPid } of candidates) if (members.has(parentPid)) members.add(pid);
  }
  return candidates.filter(({ pid }) => members.has(pid));
}

function keyOf({ pid, startTime }: ProcessIdentity): string {
  return `${pid}/${startTime}`;
}
