import { isLookDear } from './is-look-dear.ts';
import { readProcessTable } from './process-table.ts';
import { ownAncestors } from './signals.ts';

/** This process and those that it came from, the first of them alone where a look at the processes is dear. */
export function callerPids(): readonly number[] {
  return isLookDear ? [process.pid, process.ppid] : [process.pid, ...ownAncestors()];
}

/** All of them, given what `callerPids` said in a process that still waits. */
export function allCallers(told: readonly number[]): ReadonlySet<number> {
  const callers = new Set(told);
  if (!isLookDear) return callers;
  const parentOf = new Map(readProcessTable().map(({ pid, parentPid }) => [pid, parentPid]));
  for (const pid of callers) {
    const parentPid = parentOf.get(pid) ?? 0;
    if (parentPid > 0) callers.add(parentPid);
  }
  return callers;
}
