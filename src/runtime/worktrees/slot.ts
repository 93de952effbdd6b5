import { join, relative } from 'node:path';
import { integerBetween, object, oneOf, text } from '../../base/shape.ts';
import { findGitCheckout, type GitCheckout, linkedWorktrees } from '../../platform/git-checkout.ts';
import { pathsOf } from '../state/paths.ts';
import { readStateFile, writeStateFile } from '../state/state-file.ts';

const LAST_SLOT = 999;

const shape = object({ schemaVersion: oneOf(1), root: text, slot: integerBetween(0, LAST_SLOT) });

/** What keeps a copy of a worktree, its logs included, from having its slot, too. */
interface Kept {
  /** The project that it was given to. */
  readonly root: string;
  readonly slot: number;
}

/**
 * The place of a project among the worktrees of its repository; 0: the main one, or no repository. `null`: it is a
 * linked worktree that was not given one yet.
 */
export function slotOf(root: string): number | null {
  const checkout = findGitCheckout(root);
  if (checkout?.isLinked !== true) return 0;
  const kept = readSlot(root);
  return kept?.root === root ? kept.slot : null;
}

/**
 * Gives a linked worktree the first slot that no other one has and that is usable, for as long as its folder is there;
 * the one that it had under another path before that. Call it under the lock of the ports.
 */
export function takeSlot(root: string, isUsable: (slot: number) => boolean): number {
  const checkout = findGitCheckout(root);
  const given = slotOf(root);
  if (checkout === undefined || given !== null) return given ?? 0;
  const taken = takenSlots(root, checkout);
  const first = hasMain(checkout) ? 1 : 0;
  const all = Array.from({ length: LAST_SLOT - first + 1 }, (_, index) => first + index);
  const before = readSlot(root)?.slot;
  const candidates = before === undefined ? all : [before, ...all];
  const slot = candidates.find((each) => !taken.has(each) && isUsable(each)) ?? 0;
  // Where nothing can be written nothing is started either.
  writeStateFile(pathsOf(root).slot, `${JSON.stringify({ schemaVersion: 1, root, slot })}\n`);
  return slot;
}

/** Those of the other worktrees, of the same project where a repository has several. */
function takenSlots(root: string, checkout: GitCheckout): ReadonlySet<number> {
  const project = relative(checkout.root, root);
  const others = linkedWorktrees(checkout).map((worktree) => join(worktree, project));
  return new Set(
    others.flatMap((other) => {
      const kept = other === root ? null : readSlot(other);
      return kept?.root === other ? [kept.slot] : [];
    }),
  );
}

/** A bare repository has linked worktrees only. */
function hasMain({ config }: GitCheckout): boolean {
  return !/^\s*bare\s*=\s*true\s*$/m.test(config);
}

function readSlot(root: string): Kept | null {
  const file = readStateFile(pathsOf(root).slot, shape);
  return file.ok ? file.value : null;
}
