import { pidExists } from './pid-exists.ts';
import type { ProcessEntry, ProcessMarks } from './process-entry.ts';
import { readProcessStat } from './process-stat.linux.ts';
import { readPsMarks, readPsTable } from './process-table.darwin.ts';
import { findLinuxProcess, readLinuxMarks, readLinuxStdins, readLinuxTable } from './process-table.linux.ts';
import { readWindowsProcess, readWindowsProcesses } from './process-table.windows.ts';

export type { ProcessEntry, ProcessMarks } from './process-entry.ts';

/** Every process that the system shows, zombies included and marked. */
export function readProcessTable(): readonly ProcessEntry[] {
  if (process.platform === 'linux') return readLinuxTable();
  return process.platform === 'win32' ? readWindowsProcesses().map(({ entry }) => entry) : readPsTable();
}

/** The row of one process, a zombie's too; `undefined`: no such process. 20 µs on Linux, one look at all elsewhere. */
export function findProcess(pid: number): ProcessEntry | undefined {
  if (process.platform === 'linux') return findLinuxProcess(pid);
  // That a process has gone is known without PowerShell.
  if (process.platform === 'win32') return pidExists(pid) ? readWindowsProcess(pid)?.entry : undefined;
  const known = readPsTable().find((entry) => entry.pid === pid);
  if (known !== undefined || !pidExists(pid)) return known;
  readPsTable.forget(); // Born in this turn.
  return readPsTable().find((entry) => entry.pid === pid);
}

/** As much of the row as tells one life from another; at half the price on Linux. */
export function findLife(pid: number): Pick<ProcessEntry, 'state' | 'startTime'> | undefined {
  return process.platform === 'linux' ? readProcessStat(pid) : findProcess(pid);
}

/** `undefined`: gone, a zombie, or the system does not let us read it (always so on Windows). */
export function readProcessMarks(pid: number): ProcessMarks | undefined {
  return readMarksOf([pid]).get(pid);
}

/** What the processes that show it have as their stdin. */
export function readStdins(): readonly string[] {
  if (process.platform === 'linux') return readLinuxStdins();
  const living = readProcessTable().filter(({ state }) => state !== 'zombie');
  return [...readMarksOf(living.map(({ pid }) => pid)).values()].flatMap(({ stdin }) => stdin ?? []);
}

/** Whether processes show what they carry. */
export const showsMarks = process.platform !== 'win32';

/** The marks of many processes at the price of one look; those that cannot be read are absent. */
export function readMarksOf(pids: readonly number[]): ReadonlyMap<number, ProcessMarks> {
  if (!showsMarks) return new Map();
  if (process.platform !== 'linux') return readPsMarks(pids);
  const marks = new Map<number, ProcessMarks>();
  for (const pid of pids) {
    const found = readLinuxMarks(pid);
    if (found !== undefined) marks.set(pid, found);
  }
  return marks;
}
