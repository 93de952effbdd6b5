import type { ProcessEntry } from '../../platform/process-table.ts';
import type { RunTrace } from './run-trace.ts';

/**
 * Pids of the children that a run's root left when it ended, on systems that go on to name it as their parent. Pure.
 * Another process may have had its pid since: the root's are those that began before its end, and all of them as long
 * as something holds the run's file.
 */
export function orphansOfRoot(
  { root, rootEndedMs = 0 }: Pick<RunTrace, 'root' | 'rootEndedMs'>,
  table: readonly ProcessEntry[],
  isHeld: () => boolean,
): ReadonlySet<number> {
  if (root === null || table.some(({ pid }) => pid === root.pid)) return new Set();
  const children = table.filter(({ parentPid, startTime }) => parentPid === root.pid && startTime >= root.startTime);
  const lastMs = children.length > 0 && isHeld() ? Number.POSITIVE_INFINITY : rootEndedMs;
  return new Set(children.filter(({ startTime }) => startTime <= lastMs).map(({ pid }) => pid));
}
