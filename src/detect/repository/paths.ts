import { posix } from 'node:path';

/** Joins repository-relative paths; `.` is the root and vanishes in front of anything else. */
export function joinPath(directory: string, ...parts: readonly string[]): string {
  const joined = posix.join(directory, ...parts);
  return joined.endsWith('/') && joined !== '/' ? joined.slice(0, -1) : joined;
}

/** The directory that holds a repository-relative path; `.` for what lies in the root. */
export function parentOf(path: string): string {
  return posix.dirname(path);
}

/** The last part of a path; of the root, `.`. */
export function baseName(path: string): string {
  return posix.basename(path);
}

/** The directory itself, then each one above it, the root (`.`) last. */
export function upwardsFrom(directory: string): readonly string[] {
  const chain = [directory];
  for (let current = directory; current !== '.'; ) {
    current = parentOf(current);
    chain.push(current);
  }
  return chain;
}

/** How `path` is written from inside `directory`: `../.venv/bin/python`. */
export function relativePath(directory: string, path: string): string {
  return posix.relative(directory === '.' ? '' : directory, path === '.' ? '' : path) || '.';
}

/** Whether `path` is `directory` or lies below it. */
export function isInside(path: string, directory: string): boolean {
  return directory === '.'
    ? !path.startsWith('../') && path !== '..'
    : path === directory || path.startsWith(`${directory}/`);
}

/** How many directories lie between the root and this path; 0 for the root. */
export function depthOf(path: string): number {
  return path === '.' ? 0 : path.split('/').length;
}
