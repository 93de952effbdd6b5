import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from './error-code.ts';
import { readTextIfThere } from './regular-file.ts';

/** A working copy that git knows, read without git. Source: gitrepository-layout(5). */
export interface GitCheckout {
  /** Where `.git` lies. */
  readonly root: string;
  /** The folder in which git keeps what it knows of this worktree alone, absolute; of the main one it is `shared`. */
  readonly own: string;
  /** The folder that all worktrees of the repository share, absolute. */
  readonly shared: string;
  /** Whether it was made by `git worktree add`. */
  readonly isLinked: boolean;
  /** Text of HEAD, of which each worktree has its own; empty when it cannot be read. */
  readonly head: string;
  /** Text of the configuration, empty when it cannot be read, that all worktrees of a repository share. */
  readonly config: string;
}

/** The checkout that holds this directory; `undefined`: none. */
export function findGitCheckout(directory: string): GitCheckout | undefined {
  const root = resolve(directory);
  const checkout = gitCheckoutAt(root);
  const parent = dirname(root);
  return checkout !== undefined || parent === root ? checkout : findGitCheckout(parent);
}

/** `undefined`: no `.git` lies here. */
export function gitCheckoutAt(root: string): GitCheckout | undefined {
  const path = join(root, '.git');
  if (!existsSync(path)) return undefined;
  const pointer = readTextIfThere(path);
  // In a worktree and a submodule `.git` is a file, which says where the folder is.
  const target = pointer === undefined ? path : /^gitdir:\s*(.+)$/m.exec(pointer)?.[1];
  if (target === undefined) return undefined;
  const own = resolve(root, target);
  const shared = resolve(own, (readTextIfThere(join(own, 'commondir')) ?? '.').trim());
  return {
    root,
    own,
    shared,
    isLinked: own !== shared,
    head: readTextIfThere(join(own, 'HEAD')) ?? '',
    config: readTextIfThere(join(shared, 'config')) ?? '',
  };
}

/** The root of the main worktree of a repository; `undefined`: it is bare, or its folder lies apart from it. */
export function mainWorktree(checkout: GitCheckout): string | undefined {
  if (isBare(checkout)) return undefined;
  const main = checkout.isLinked ? dirname(checkout.shared) : checkout.root;
  return gitCheckoutAt(main)?.shared === checkout.shared ? main : undefined;
}

/** Whether the repository has linked worktrees only. Source: git-config(1), core.bare */
export function isBare({ config }: Pick<GitCheckout, 'config'>): boolean {
  return /^\s*bare\s*=\s*true\s*$/m.test(config);
}

/** Where the repository was cloned from, as it is written there; `undefined`: from nowhere. Source: git-config(1) */
export function originUrl({ config }: Pick<GitCheckout, 'config'>): string | undefined {
  return /\[remote "origin"\][^[]*?\n\s*url\s*=\s*(\S+)/.exec(config)?.[1];
}

/** The roots of all worktrees of a repository, the main one first. */
export function worktreesOf(checkout: GitCheckout): readonly string[] {
  return [mainWorktree(checkout) ?? [], linkedWorktrees(checkout)].flat();
}

/** The roots of all worktrees of a repository that were made by `git worktree add` and are there. */
export function linkedWorktrees({ shared }: Pick<GitCheckout, 'shared'>): readonly string[] {
  const folder = join(shared, 'worktrees');
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return []; // It never had one.
  }
  return names.flatMap((name) => {
    const pointer = readTextIfThere(join(folder, name, 'gitdir'))?.trim();
    if (pointer === undefined || pointer === '') return [];
    const link = resolve(folder, name, pointer);
    return existsSync(link) ? [dirname(link)] : [];
  });
}
