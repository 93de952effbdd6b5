import { lstatSync, readdirSync, statSync } from 'node:fs';
import { expectCodes } from './error-code.ts';
import { readProcFile, readProcLink } from './proc-file.linux.ts';
import type { ProcessEntry, ProcessMarks } from './process-entry.ts';
import { type ProcessStat, readProcessStat } from './process-stat.linux.ts';

/** Every process of this pid namespace, kernel threads left out (they have no group). */
export function readLinuxTable(): readonly ProcessEntry[] {
  const table: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? readProcessStat(pid) : undefined;
    const entry = stat === undefined || stat.groupId === 0 ? undefined : entryOf(stat);
    if (entry !== undefined) table.push(entry);
  }
  return table;
}

/** `undefined`: no such process. */
export function findLinuxProcess(pid: number): ProcessEntry | undefined {
  const stat = readProcessStat(pid);
  return stat === undefined ? undefined : entryOf(stat);
}

function entryOf({ cpuTicks: _, ...stat }: ProcessStat): ProcessEntry | undefined {
  const userId = ownerOf(stat.pid);
  return userId === undefined ? undefined : { ...stat, userId };
}

/** Of every process that lets us see it; a quarter of the price of all marks. */
export function readLinuxStdins(): readonly string[] {
  return readdirSync('/proc').flatMap((name) =>
    Number.isInteger(Number(name)) ? (readProcLink(`/proc/${name}/fd/0`) ?? []) : [],
  );
}

/** `undefined`: gone, a zombie, or not ours to read (another user's, or not dumpable). */
export function readLinuxMarks(pid: number): ProcessMarks | undefined {
  const environment = readProcFile(`/proc/${pid}/environ`);
  if (environment === undefined) return undefined;
  return {
    environmentKeys: environmentKeys(environment),
    stdin: readProcLink(`/proc/${pid}/fd/0`) ?? null,
    stdout: writtenFile(`/proc/${pid}/fd/1`),
    stderr: writtenFile(`/proc/${pid}/fd/2`),
  };
}

/** Names in a block of `NAME=value` texts that end in NUL. */
export function environmentKeys(block: string): ReadonlySet<string> {
  const keys = new Set<string>();
  let start = 0;
  while (start < block.length) {
    const end = block.indexOf('\0', start);
    const equals = block.indexOf('=', start);
    if (equals > start && (end < 0 || equals < end)) keys.add(block.slice(start, equals));
    if (end < 0) break;
    start = end + 1;
  }
  return keys;
}

/**
 * The directory's owner is the effective user even of a process that is not dumpable, unlike that of its files. Source:
 * proc(5)
 */
function ownerOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ESRCH']);
    return undefined;
  }
}

/** The permission bits of a descriptor's link tell how it was opened. Source: proc_pid_fd(5) */
function writtenFile(path: string): string | null {
  const target = readProcLink(path);
  if (target === undefined) return null;
  try {
    return (lstatSync(path).mode & 0o200) === 0 ? null : target;
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);
    return null;
  }
}
