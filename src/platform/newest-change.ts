import { statSync } from 'node:fs';
import { join } from 'node:path';
import { folderEntries } from './folder-entries.ts';

/** A source that was changed; `at`: epoch ms, `file`: absolute. */
export interface SourceChange {
  readonly at: number;
  readonly file: string;
}

/** `null`: there are no sources; `cut-off`: there are more than could be looked at in time. */
export interface NewestChange {
  readonly change: SourceChange | null;
  readonly search: 'whole' | 'cut-off';
}

/** Where other people's code lies, and what tools make. Those whose names begin with a dot are passed over, too. */
const NO_SOURCES: ReadonlySet<string> = new Set([
  ...['node_modules', 'bower_components', 'vendor', 'venv', 'site-packages', '__pycache__'],
  ...['dist', 'build', 'out', 'target', 'bin', 'obj', 'coverage', 'tmp'],
]);
/** What a server writes beside its sources while it runs. */
const NO_SOURCE =
  /\.(?:log|pid|sock|pyc|swp|tmp|db|sqlite3?|db-journal|sqlite3?-journal|(?:db|sqlite3?)-(?:wal|shm))$|~$/;

/**
 * When a source below `folder`, which is absolute, was changed last. A folder in `ignored`, absolute too, is passed
 * over. About ten microseconds a file.
 */
export function newestChange(folder: string, ignored: ReadonlySet<string>, limitMs: number): NewestChange {
  const endMs = performance.now() + limitMs;
  const latest = Date.now();
  const folders = [folder];
  let change: SourceChange | null = null;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    if (performance.now() > endMs) return { change, search: 'cut-off' };
    for (const entry of folderEntries(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !NO_SOURCES.has(entry.name) && !ignored.has(path)) folders.push(path);
      } else if (entry.isFile() && !NO_SOURCE.test(entry.name)) {
        // What claims to be of the future tells nothing.
        const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
        if (at <= latest && at > (change?.at ?? 0)) change = { at, file: path };
      }
    }
  }
  return { change, search: 'whole' };
}
