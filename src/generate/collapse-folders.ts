import { posix } from 'node:path';

/**
 * Names whole folders (`scripts/`) in place of their files: the highest folder below which all of `all` are among
 * `paths`, when these are more than one.
 */
export function collapseFolders(paths: readonly string[], all: readonly string[]): readonly string[] {
  const chosen = new Set(paths);
  const isWhole = (folder: string): boolean => {
    const inside = all.filter((path) => path.startsWith(folder));
    return inside.length > 1 && inside.every((path) => chosen.has(path));
  };
  return [...new Set(paths.map((path) => foldersAbove(path).find(isWhole) ?? path))];
}

/** `a/`, `a/b/` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : [...foldersAbove(folder), `${folder}/`];
}
