import { findProcess } from './process-table.ts';

/** The pids of a process and of those that it came from, the nearest first, as far as the system tells. */
export function* lineageOf(pid: number): Generator<number, void> {
  const seen = new Set<number>();
  for (let at = pid; at > 0 && !seen.has(at); at = findProcess(at)?.parentPid ?? 0) {
    seen.add(at);
    yield at;
  }
}
