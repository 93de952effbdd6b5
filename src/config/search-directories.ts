import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * The directories a config is looked for in, nearest first: from `start` up to the git root.
 * Without a git root the climb ends below the home directory. It never enters a directory shared by all users, such as
 * `/tmp`: a config that another user put there would be executed.
 */
export function searchDirectories(start: string): readonly string[] {
  const from = resolve(start);
  const directories = [from];
  let current = from;
  while (!isGitRoot(current)) {
    const parent = dirname(current);
    if (parent === current || isShared(parent) || (parent === homedir() && !isGitRoot(parent))) break;
    directories.push(parent);
    current = parent;
  }
  return directories;
}

/** `.git` is a directory in a clone and a file in a worktree. */
function isGitRoot(directory: string): boolean {
  return existsSync(join(directory, '.git'));
}

/** Sticky and writable by everyone: the mode of temporary directories. */
function isShared(directory: string): boolean {
  const { mode } = statSync(directory);
  return (mode & 0o1002) === 0o1002;
}
