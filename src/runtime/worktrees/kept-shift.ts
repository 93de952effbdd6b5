import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { integerBetween, object, oneOf, text } from '../../base/shape.ts';
import {
  findGitCheckout,
  type GitCheckout,
  gitCheckoutAt,
  isBare,
  linkedWorktrees,
  mainWorktree,
} from '../../platform/git-checkout.ts';
import { readStateFile, writeStateFile } from '../state/state-file.ts';
import { originOf, otherClones } from './clones.ts';

const shape = object({ schemaVersion: oneOf(1), root: text, shift: integerBetween(0, 65_535) });

/** What keeps a copy of a worktree from having its ports, too. */
interface Kept {
  /** The project that it was given to. */
  readonly root: string;
  readonly shift: number;
}

/** What a shift is chosen by. */
export interface ShiftChoice {
  /** What this worktree had under another path; `null`: nothing. */
  readonly before: number | null;
  /** Those that other worktrees of the repository have, the main one's 0 among them. */
  readonly others: readonly number[];
}

/**
 * How far the ports of a project lie above those of the first checkout of its repository; 0: it has no other. `null`:
 * it lies in a linked worktree, or in a clone, that was not given ports yet.
 */
export function shiftOf(root: string): number | null {
  const checkout = findGitCheckout(root);
  if (checkout === undefined) return 0;
  const kept = readKept(checkout, root);
  if (kept?.root === root) return kept.shift;
  return checkout.isLinked || originOf(checkout) !== null ? null : 0;
}

/**
 * The same; where there is none yet, one is chosen and kept in what git knows of the worktree: it goes with it, and
 * `git clean` leaves it alone. Call it under the lock of the ports.
 */
export function keepShift(root: string, choose: (choice: ShiftChoice) => number): number {
  const checkout = findGitCheckout(root);
  const given = shiftOf(root);
  if (checkout === undefined || given !== null) return given ?? 0;
  const kept = readKept(checkout, root);
  // A folder that was copied shares that knowledge with the worktree that it is a copy of, which keeps its ports.
  const isCopy = kept !== null && existsSync(kept.root);
  const before = isCopy ? null : (kept?.shift ?? null);
  const shift = choose({ before, others: shiftsOfOthers(root, checkout) });
  const content = JSON.stringify({ schemaVersion: 1, root, shift });
  // Where it cannot be kept it is chosen anew the next time.
  if (!isCopy) writeStateFile(fileOf(checkout, root), `${content}\n`);
  return shift;
}

/** Of the same project where a repository has several; those of its other clones, too. */
function shiftsOfOthers(root: string, checkout: GitCheckout): readonly number[] {
  const project = relative(checkout.root, root);
  return [checkout, ...otherClones(checkout)].flatMap((clone) => {
    const linked = linkedWorktrees(clone).filter((worktree) => worktree !== checkout.root);
    const main = mainWorktree(clone);
    // It has the ports of the config though nothing says so, wherever it lies.
    const ofMain = main === undefined ? 0 : (shiftIn(main, project) ?? 0);
    const hasOtherMain = !isBare(clone) && main !== checkout.root;
    return [...(hasOtherMain ? [ofMain] : []), ...linked.flatMap((worktree) => shiftIn(worktree, project) ?? [])];
  });
}

function shiftIn(worktree: string, project: string): number | null {
  const checkout = gitCheckoutAt(worktree);
  const root = join(worktree, project);
  const kept = checkout === undefined ? null : readKept(checkout, root);
  return kept?.root === root ? kept.shift : null;
}

function readKept(checkout: GitCheckout, root: string): Kept | null {
  const file = readStateFile(fileOf(checkout, root), shape);
  return file.ok ? file.value : null;
}

function fileOf({ own, root: top }: GitCheckout, root: string): string {
  // A path of any length, and of any characters, is a name.
  const project = encodeURIComponent(relative(top, root)).slice(-200);
  return join(own, 'devgen', `ports${project === '' ? '' : `-${project}`}.json`);
}
