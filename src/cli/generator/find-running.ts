import { existsSync } from 'node:fs';
import { searchDirectories } from '../../config/search-directories.ts';
import { findAllRuns } from '../../runtime/client/find-all-runs.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

/**
 * The root of the project that something may run of, nearest to `directory`: its config need not be there any more, as
 * on a branch without one; nor its `logs/`.
 */
export function findRunning(directory: string): string | undefined {
  const candidates = searchDirectories(directory);
  const recorded = candidates.find((each) => existsSync(pathsOf(each).runs));
  if (recorded !== undefined) return recorded;
  const roots = findAllRuns().map(({ root }) => root);
  return candidates.find((each) => roots.includes(each));
}
