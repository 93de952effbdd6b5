import { type Dirent, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expectCodes } from '../../platform/error-code.ts';
import { folderEntries } from '../../platform/folder-entries.ts';
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

/**
 * The regular files that globs mean, sorted, each once; relative to the directory, `/` between the parts. Links to
 * folders are only followed when they are named.
 */
export function findFiles(search: FileSearch): readonly string[] {
  const found = includedGlobs(search).flatMap((glob) => filesOf(glob, search));
  return [...new Set(found.filter(isKept(search)))].sort();
}

/** Whether each glob means at least one file that no `!` takes out. */
export function allExist(search: FileSearch): boolean {
  return includedGlobs(search).every((glob) => filesOf(glob, search).some(isKept(search)));
}

function includedGlobs({ globs, directory }: FileSearch): readonly Glob[] {
  return globs.filter((glob) => !glob.startsWith('!')).map((glob) => parseGlob(glob, directory));
}

function isKept({ globs, directory }: FileSearch): (path: string) => boolean {
  const taken = globs.filter((glob) => glob.startsWith('!')).map((glob) => parseGlob(glob.slice(1), directory));
  return (path) => !taken.some((glob) => isMeant(path, glob));
}

function isMeant(path: string, { base, matches }: Glob): boolean {
  if (base === '.') return matches(path);
  return path === base ? matches('') : path.startsWith(`${base}/`) && matches(path.slice(base.length + 1));
}

function filesOf(glob: Glob, { directory, ignored }: FileSearch): readonly string[] {
  const base = join(directory, glob.base);
  const inDirectory = (path: string) => relative(directory, path).replaceAll('\\', '/');
  if (isFile(base)) return glob.matches('') ? [inDirectory(base)] : [];
  const files: string[] = [];
  const walk = (folder: string) => {
    for (const entry of folderEntries(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isPassedOver = NEVER_MEANT.has(entry.name) && !glob.names(entry.name);
        if (!isPassedOver && path !== ignored) walk(path);
      } else if (glob.matches(relative(base, path).replaceAll('\\', '/')) && isRegular(entry, path)) {
        files.push(inDirectory(path));
      }
    }
  };
  walk(base);
  return files;
}

/** A pipe would be waited for until something writes into it; a link that leads nowhere is no file. */
function isRegular(entry: Dirent, path: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && isFile(path));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG']);
    return false;
  }
}
