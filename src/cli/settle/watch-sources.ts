import { newestChange, type SourceChange } from '../../platform/newest-change.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

const LIMIT_MS = 250;
/** So much of the time at most is spent on looking. */
const SHARE = 1 / 5;

/**
 * A look for the source of the project that was changed last; `null`: there is none. Where there are too many to look
 * at, a change is held for possible up to the first look.
 */
export function watchSources(root: string): () => SourceChange | null {
  const ignored = new Set([pathsOf(root).logs]);
  const begunAt = Date.now();
  let seen: SourceChange | null = null;
  let dueMs = 0;
  return () => {
    const startedMs = performance.now();
    if (startedMs < dueMs) return seen;
    const { change, search } = newestChange(root, ignored, LIMIT_MS);
    const isOld = search === 'cut-off' && (change?.at ?? 0) < begunAt;
    seen = isOld ? { at: begunAt, file: root } : change;
    const tookMs = performance.now() - startedMs;
    dueMs = startedMs + tookMs / SHARE;
    return seen;
  };
}
