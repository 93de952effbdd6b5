import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readTextIfThere } from './regular-file.ts';

/** A working copy that git knows, read without git. Source: gitrepository-layout(5). */
export interface GitCheckout {
  /** Where `.git` lies. */
  readonly root: string;
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
    head: readTextIfThere(join(own, 'HEAD')) ?? '',
    config: readTextIfThere(join(shared, 'config')) ?? '',
  };
}
