import { readProcFile } from './proc-file.linux.ts';

/**
 * The pids that were given last, newest first; some may be gone. Empty where the system does not tell.
 * Finds a process that forks and exits all the time, which a listing of /proc misses. Source: proc_loadavg(5), field 5
 */
export function newestPids(count: number): readonly number[] {
  if (process.platform !== 'linux') return [];
  const newest = Number(readProcFile('/proc/loadavg')?.trim().split(' ')[4]);
  if (!Number.isInteger(newest)) return [];
  return Array.from({ length: count }, (_, age) => newest - age).filter((pid) => pid > 1);
}
