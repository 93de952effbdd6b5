import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { readProcFile, readProcLink } from './proc-file.linux.ts';
import {
  commandLineByTool,
  executableByTool,
  usageByTool,
  userNameByTool,
  workingDirectoryByTool,
} from './process-details.tools.ts';
import type { ProcessEntry, ProcessUsage } from './process-entry.ts';
import { readProcessStat } from './process-stat.linux.ts';

export type { ProcessUsage } from './process-entry.ts';

const CLOCK_TICK_MS = 10;

/**
 * Arguments joined by blanks; its name in brackets when it has none; `undefined`: gone or hidden. Not an identity:
 * programs rewrite it.
 */
export function commandLineOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return commandLineByTool(pid);
  const text = readProcFile(`/proc/${pid}/cmdline`);
  if (text === undefined) return undefined;
  const command = Buffer.from(text, 'latin1').toString('utf8').replaceAll('\0', ' ').trim();
  if (command !== '') return command;
  const name = readProcessStat(pid)?.name;
  return name === undefined ? undefined : `[${name}]`;
}

/** `undefined`: gone, another user's, or a system that does not tell (Windows). */
export function workingDirectoryOf(pid: number): string | undefined {
  return process.platform === 'linux' ? readProcLink(`/proc/${pid}/cwd`) : workingDirectoryByTool(pid);
}

/** Absolute path of the program; `undefined` as in `workingDirectoryOf`. */
export function executableOf(pid: number): string | undefined {
  return process.platform === 'linux' ? readProcLink(`/proc/${pid}/exe`) : executableByTool(pid);
}

/** `undefined`: gone. */
export function usageOf(pid: number): ProcessUsage | undefined {
  if (process.platform !== 'linux') return usageByTool(pid);
  const stat = readProcessStat(pid);
  const status = readProcFile(`/proc/${pid}/status`);
  if (stat === undefined || status === undefined) return undefined;
  const residentKiB = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
  return { residentBytes: residentKiB * 1024, cpuMs: stat.cpuTicks * CLOCK_TICK_MS };
}

/** When a process began, in ms since the epoch; good to about a second. */
export function startedAtMs({ startTime }: Pick<ProcessEntry, 'startTime'>): number {
  if (process.platform !== 'linux') return startTime;
  return Math.round(Date.now() - uptime() * 1000 + startTime * CLOCK_TICK_MS);
}

/** `undefined`: a number without a name. */
export function userNameOf(userId: number): string | undefined {
  if (process.platform !== 'linux') return userNameByTool(userId);
  const row = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.split(':')[2] === String(userId));
  return row?.split(':')[0];
}
