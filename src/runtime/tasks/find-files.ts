import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expectCodes } from '../../platform/error-code.ts';
import { type Glob, parseGlob } from './glob.ts';

export interface FileSearch {
  /** Absolute; the globs are relative to it. */
  readonly directory: string;
  /** One that begins with `!` takes files out again. */
  readonly globs: readonly string[];
  /** Absolute; a folder that is passed over unless a glob begins in it. */
  readonly ignored: string;
}

/** Folders that no wildcard means. */
const NEVER_MEANT: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** The files that globs mean, sorted, each once; relative to the directory, `/` between the parts. Links to folders are only followed when they are named. */
export function findFiles({ directory, globs, ignored }: FileSearch): readonly string[] {
  const excluded = globs.filter((glob) => glob.startsWith('!')).flatMap((glob) => parseGlob(glob.slice(1)));
  const found = new Set<string>();
  for (const glob of globs.filter((each) => !each.startsWith('!')).flatMap(parseGlob)) {
    for (const path of filesOf(glob, { directory, ignored })) if (!excluded.some(meant(path))) found.add(path);
  }
  return [...found].sort();
}

/** Whether each glob means at least one file. */
export function allExist({ globs, ...where }: FileSearch): boolean {
  return globs.every((glob) => findFiles({ ...where, globs: [glob] }).length > 0);
}

function meant(path: string): (glob: Glob) => boolean {
  return ({ base, matches }) => {
    if (base === '.') return matches(path);
    return path === base ? matches('') : path.startsWith(`${base}/`) && matches(path.slice(base.length + 1));
  };
}

function filesOf(glob: Glob, { directory, ignored }: Omit<FileSearch, 'globs'>): readonly string[] {
  const base = join(directory, glob.base);
  const inDirectory = (path: string) => relative(directory, path).replaceAll('\\', '/');
  if (isFile(base)) return glob.matches('') ? [inDirectory(base)] : [];
  const files: string[] = [];
  const walk = (folder: string) => {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isPassedOver = NEVER_MEANT.has(entry.name) && !glob.named.has(entry.name);
        if (!isPassedOver && path !== ignored) walk(path);
      } else if (glob.matches(relative(base, path).replaceAll('\\', '/'))) files.push(inDirectory(path));
    }
  };
  walk(base);
  return files;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP']);
    return false;
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR', 'EACCES']); // Nothing is there for us.
    return [];
  }
}
