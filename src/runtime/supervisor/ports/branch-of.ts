import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * The git branch that is checked out at `root`, for people who have several checkouts; `null`: none, or not a checkout.
 * Source: gitrepository-layout(5): HEAD, and the `gitdir:` file of a worktree.
 */
export function branchOf(root: string): string | null {
  const directory = gitDirectory(join(root, '.git'), root);
  const head = directory === null ? null : readText(join(directory, 'HEAD'));
  return /^ref: refs\/heads\/(.+)$/m.exec(head ?? '')?.[1] ?? null;
}

function gitDirectory(path: string, root: string): string | null {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return path;
  const target = /^gitdir: (.+)$/m.exec(readText(path) ?? '')?.[1];
  if (target === undefined) return null;
  return isAbsolute(target) ? target : join(root, target);
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Not a git checkout, or not ours to read: the branch is only told, never relied on.
  }
}
