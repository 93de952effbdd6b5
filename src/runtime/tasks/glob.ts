import { lstatSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import picomatch from 'picomatch/posix.js';
import { expectCodes } from '../../platform/error-code.ts';

/** A glob taken apart: where to look, and which of the paths below are meant. */
export interface Glob {
  /** The longest part of the pattern that exists as it is written; `/` between the parts, `.` for the folder itself. */
  readonly base: string;
  /** `path`: relative to `base`, `/` between the parts; empty for the base itself. */
  matches(path: string): boolean;
  /** Whether a part of the pattern is this very name. */
  names(folder: string): boolean;
}

/**
 * `*` and `?` within a name, `**` for any number of folders, `[a-z]`, `{a,b}`, for files that begin with a dot too. A
 * pattern that names a folder means everything in it. What exists under a name as it is written is meant by it,
 * whatever a glob would make of it: a web framework's routes are called `[id].js`. `directory`: absolute, the pattern
 * is relative to it.
 */
export function parseGlob(pattern: string, directory: string): Glob {
  const parts = partsOf(pattern, directory);
  const literal = countLiteral(parts, directory);
  const rest = parts.slice(literal);
  const isMeant = rest.length === 0 ? undefined : picomatch(rest.join('/'), { dot: true, nonegate: true, posix: true });
  return {
    base: parts.slice(0, literal).join('/') || (pattern.startsWith('/') ? '/' : '.'),
    matches: (path) => isMeant === undefined || withAncestors(path).some((each) => isMeant(each)),
    names: (folder) => parts.includes(folder),
  };
}

function partsOf(pattern: string, directory: string): readonly string[] {
  const path = isAbsolute(pattern) ? relative(directory, pattern).replaceAll('\\', '/') : pattern;
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** How many parts exist under the name that they have as text. */
function countLiteral(parts: readonly string[], directory: string): number {
  const missing = parts.findIndex((_, index) => !exists(join(directory, ...parts.slice(0, index + 1))));
  return missing === -1 ? parts.length : missing;
}

/** `a/b/c` → `a/b/c`, `a/b`, `a`. */
function withAncestors(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (thrown) {
    expectCodes(thrown, ['ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG']);
    return false;
  }
}
