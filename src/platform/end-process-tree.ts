import { ownUserId } from './own-user.ts';
import { identityOfEntry, isAlive, type ProcessIdentity } from './process-identity.ts';
import { type ProcessEntry, readProcessTable } from './process-table.ts';
import { ownAncestors, type Signal, signalProcess } from './signals.ts';

/**
 * Signals a process that is not of a run of ours, and its descendants; returns the pids that it signalled.
 * Only processes whose identity holds, of this user, never ourselves, an ancestor or pid 1; nothing under us either.
 *
 * tree-kill does this on Windows, where `taskkill /T` knows the tree. Elsewhere it asks `ps` once for every process and
 * signals whatever has the pids 20 ms to a second later, and ends us when `ps` is missing: there one look at the
 * process table, and the signals in the same turn.
 */
export async function endForeignTree(root: ProcessIdentity, signal: Signal): Promise<readonly number[]> {
  const members = treeOf(root);
  if (process.platform === 'win32') return endWindowsTree(root, members);
  // Parents first: one that restarts its children would otherwise do so in between.
  return members.filter((entry) => signalProcess(identityOfEntry(entry), signal) === 'sent').map(({ pid }) => pid);
}

/** The process and its descendants, parents before children; empty when it is gone or we live in it. */
function treeOf(root: ProcessIdentity): readonly ProcessEntry[] {
  const kept = new Set([process.pid, ...ownAncestors()]);
  if (!isAlive(root) || kept.has(root.pid) || root.pid <= 1) return [];
  return selectTree(readProcessTable(), { root: root.pid, kept, userId: ownUserId() });
}

export interface TreeQuery {
  readonly root: number;
  /** Neither they nor what is under them. */
  readonly kept: ReadonlySet<number>;
  readonly userId: number;
}

/** Pure: the living processes of a user in the tree under `root`, parents before children, itself first. */
export function selectTree(table: readonly ProcessEntry[], query: TreeQuery): readonly ProcessEntry[] {
  const childrenOf = new Map<number, ProcessEntry[]>();
  for (const entry of table) {
    const siblings = childrenOf.get(entry.parentPid);
    if (siblings === undefined) childrenOf.set(entry.parentPid, [entry]);
    else siblings.push(entry);
  }
  const tree = table.filter((entry) => entry.pid === query.root);
  for (const parent of tree) {
    for (const child of childrenOf.get(parent.pid) ?? []) {
      if (!query.kept.has(child.pid) && !tree.includes(child)) tree.push(child);
    }
  }
  return tree.filter((entry) => entry.state !== 'zombie' && entry.userId === query.userId);
}

/** Windows cannot end a process gently, so every signal is the last one. Not run there. */
async function endWindowsTree(root: ProcessIdentity, members: readonly ProcessEntry[]): Promise<readonly number[]> {
  if (members.length === 0) return [];
  const { default: treeKill } = await import('tree-kill');
  if (!isAlive(root)) return [];
  await new Promise<void>((resolve) => {
    // Its error says that some process had ended or may not be ended; the caller looks at what is left.
    treeKill(root.pid, 'SIGKILL', () => resolve());
  });
  return members.map(({ pid }) => pid);
}
