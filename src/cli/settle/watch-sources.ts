import { newestChange } from '../../platform/newest-change.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

const LIMIT_MS = 250;
/** So much of the time at most is spent on looking. */
const SHARE = 1 / 5;

/**
 * A look for when a source of the project was changed last; epoch ms, `null`: there is none. Where there are too many
 * to look at, a change is held for possible up to the first look.
 */
export function watchSources(root: string): () => number | null {
  const ignored = new Set([pathsOf(root).logs]);
  const begunAt = Date.now();
  let seenAt: number | null = null;
  let dueMs = 0;
  return () => {
    const startedMs = performance.now();
    if (startedMs < dueMs) return seenAt;
    const { at, search } = newestChange(root, ignored, LIMIT_MS);
    seenAt = search === 'whole' ? at : Math.max(at ?? 0, begunAt);
    const tookMs = performance.now() - startedMs;
    dueMs = startedMs + tookMs / SHARE;
    return seenAt;
  };
}
