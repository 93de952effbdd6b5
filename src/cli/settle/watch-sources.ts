import { keptByGit } from '../../platform/kept-by-git.ts';
import { type NewestChange, newestChange, type SourceChange } from '../../platform/newest-change.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

/** What was changed last in the project; `null`: there is nothing. */
export interface SourceChanges {
  /** A source that was written. */
  readonly written: SourceChange | null;
  /** That, or a folder that a source was taken out of. */
  readonly newest: SourceChange | null;
}

const LIMIT_MS = 250;
/** So much of the time at most is spent on looking. */
const SHARE = 1 / 5;

/**
 * A look for the source of the project that was changed last. Where there are too many to look at, a change is held for
 * possible up to the first look.
 */
export function watchSources(root: string): () => SourceChanges {
  const ignored = new Set([pathsOf(root).logs]);
  const kept = new Map<string, boolean>();
  const withSources = (folders: readonly string[]): readonly string[] => {
    const unknown = folders.filter((folder) => !kept.has(folder));
    const ofGit = new Set(keptByGit(unknown));
    for (const folder of unknown) kept.set(folder, ofGit.has(folder));
    return folders.filter((folder) => kept.get(folder));
  };
  const begunAt = Date.now();
  let seen: SourceChanges = { written: null, newest: null };
  let dueMs = 0;
  return () => {
    const startedMs = performance.now();
    if (startedMs < dueMs) return seen;
    const found = newestChange(root, { ignored, limitMs: LIMIT_MS, withSources });
    seen = changesOf(found, { at: begunAt, file: root });
    const tookMs = performance.now() - startedMs;
    dueMs = startedMs + tookMs / SHARE;
    return seen;
  };
}

function changesOf({ change, move, search }: NewestChange, possible: SourceChange): SourceChanges {
  const isOld = search === 'cut-off' && (change?.at ?? 0) < possible.at;
  const written = isOld ? possible : change;
  return { written, newest: (move?.at ?? 0) > (written?.at ?? 0) ? move : written };
}
