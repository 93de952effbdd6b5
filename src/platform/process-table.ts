import type { ProcessEntry, ProcessMarks } from './process-entry.ts';
import { readProcessStat } from './process-stat.linux.ts';
import { readPsMarks, readPsTable } from './process-table.darwin.ts';
import { findLinuxProcess, readLinuxMarks, readLinuxTable } from './process-table.linux.ts';
import { readWindowsTable } from './process-table.windows.ts';

export type { ProcessEntry, ProcessMarks } from './process-entry.ts';

/** Every process that the system shows, zombies included and marked. */
export function readProcessTable(): readonly ProcessEntry[] {
  if (process.platform === 'linux') return readLinuxTable();
  return process.platform === 'win32' ? readWindowsTable() : readPsTable();
}

/** The row of one process, a zombie's too; `undefined`: no such process. 20 µs on Linux, one look at all elsewhere. */
export function findProcess(pid: number): ProcessEntry | undefined {
  if (process.platform === 'linux') return findLinuxProcess(pid);
  return readProcessTable().find((entry) => entry.pid === pid);
}

/** As much of the row as tells one life from another; at half the price on Linux. */
export function findLife(pid: number): Pick<ProcessEntry, 'state' | 'startTime'> | undefined {
  return process.platform === 'linux' ? readProcessStat(pid) : findProcess(pid);
}

/** `undefined`: gone, a zombie, or the system does not let us read it (always so on Windows). */
export function readProcessMarks(pid: number): ProcessMarks | undefined {
  return readMarksOf([pid]).get(pid);
}

/** The marks of many processes at the price of one look; those that cannot be read are absent. */
export function readMarksOf(pids: readonly number[]): ReadonlyMap<number, ProcessMarks> {
  if (process.platform === 'win32') return new Map();
  if (process.platform !== 'linux') return readPsMarks(pids);
  const marks = new Map<number, ProcessMarks>();
  for (const pid of pids) {
    const found = readLinuxMarks(pid);
    if (found !== undefined) marks.set(pid, found);
  }
  return marks;
}
