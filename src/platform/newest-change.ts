import { type Dirent, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { errorCode } from './error-code.ts';
import { folderEntries } from './folder-entries.ts';

/** A source that was changed; `at`: epoch ms, `file`: absolute. */
export interface SourceChange {
  readonly at: number;
  readonly file: string;
}

export interface NewestChange {
  /** `null`: there are no sources. */
  readonly change: SourceChange | null;
  /** The folder, with a separator at its end, that something was put into or taken out of last; `null`: none was. */
  readonly move: SourceChange | null;
  /** `cut-off`: there are more than could be looked at in time. */
  readonly search: 'whole' | 'cut-off';
}

export interface SourceSearch {
  /** Folders that are passed over, absolute. */
  readonly ignored: ReadonlySet<string>;
  readonly limitMs: number;
  /** Which of these folders, whose names are those of built files, have sources in them all the same. */
  readonly withSources: (folders: readonly string[]) => readonly string[];
}

/** Where other people's code lies, and what tools make. Those whose names begin with a dot are passed over, too. */
const NO_SOURCES: ReadonlySet<string> = new Set([
  ...['node_modules', 'bower_components', 'vendor', 'venv', 'site-packages', '__pycache__'],
  ...['dist', 'coverage', 'tmp'],
]);
/** What tools make, or a person. */
const IN_DOUBT: ReadonlySet<string> = new Set(['build', 'out', 'target', 'bin', 'obj']);
/** What a server writes beside its sources while it runs. */
const NO_SOURCE =
  /\.(?:log|pid|sock|pyc|swp|tmp|db|sqlite3?|db-journal|sqlite3?-journal|(?:db|sqlite3?)-(?:wal|shm))$|~$/;

/** When a source below `folder`, which is absolute, was changed last. About ten microseconds a file. */
export function newestChange(folder: string, { ignored, limitMs, withSources }: SourceSearch): NewestChange {
  const endMs = performance.now() + limitMs;
  const latest = Date.now();
  const folders = [folder];
  let inDoubt: string[] = [];
  let change: SourceChange | null = null;
  let move: SourceChange | null = null;
  for (;;) {
    const next = folders.pop();
    if (next === undefined && inDoubt.length === 0) return { change, move, search: 'whole' };
    if (performance.now() > endMs) return { change, move, search: 'cut-off' };
    if (next === undefined) {
      folders.push(...withSources(inDoubt));
      inDoubt = [];
      continue;
    }
    const entries = folderEntries(next);
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      const path = join(next, name);
      if (name.startsWith('.') || NO_SOURCES.has(name) || ignored.has(path)) continue;
      (IN_DOUBT.has(name) ? inDoubt : folders).push(path);
    }
    for (const { name } of entries.filter(isSource)) change = later(change, join(next, name), latest);
    // Where a server itself puts files and takes them away, that tells nothing.
    if (!entries.some(({ name }) => NO_SOURCE.test(name))) move = later(move, `${next}${sep}`, latest);
  }
}

function isSource(entry: Dirent): boolean {
  return entry.isFile() && !NO_SOURCE.test(entry.name);
}

/** What claims to be of the future tells nothing; nor does what cannot be looked at, as its path is too long. */
function later(known: SourceChange | null, file: string, latest: number): SourceChange | null {
  const at = changedAt(file);
  return Math.floor(at) <= latest && at > (known?.at ?? 0) ? { at, file } : known;
}

function changedAt(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return 0;
  }
}
