import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { errorCode } from '../platform/error-code.ts';
import { isMapping } from './show-value.ts';

/**
 * What a project without `name` is called in every checkout of it: as its package.json says, or the repository it was
 * cloned from. Not the folder's name, which each clone, worktree and container has its own of. `undefined`: neither
 * says anything.
 */
export function defaultName(root: string): string | undefined {
  return packageName(root) ?? remoteName(root);
}

/** Without its scope; `undefined` also for a package.json that is not JSON, which npm will complain about. */
function packageName(root: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(readText(join(root, 'package.json')).replace(/^\uFEFF/, ''));
    const name = isMapping(parsed) ? parsed.name : undefined;
    return typeof name === 'string' && name !== '' ? name.replace(/^.*\//, '') : undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

/** The last part of the URL of `origin`. Source: git-config(1), gitrepository-layout(5). */
function remoteName(root: string): string | undefined {
  const [, url = ''] =
    /\[remote "origin"\][^[]*?\n\s*url\s*=\s*(\S+)/.exec(readText(join(gitFolder(root), 'config'))) ?? [];
  const name = basename(url.replace(/[\\:]/g, '/')).replace(/\.git$/, '');
  return name === '' ? undefined : name;
}

/** In a worktree `.git` is a file, and what all worktrees share is elsewhere. */
function gitFolder(root: string): string {
  const [, own] = /^gitdir:\s*(.+)$/m.exec(readText(join(root, '.git'))) ?? [];
  if (own === undefined) return join(root, '.git');
  const folder = resolve(root, own);
  return resolve(folder, readText(join(folder, 'commondir')).trim());
}

/** Empty when there is no such file. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return '';
  }
}
