import { readProcFile } from './proc-file.linux.ts';

/**
 * Whether this process has the terminal, so that it may read from it and change how it behaves: a job that a shell runs
 * in the background is stopped for that (SIGTTIN, SIGTTOU). Only Linux is asked.
 * Source: proc_pid_stat(5), fields 5 (pgrp) and 8 (tpgid).
 */
export function isInForeground(): boolean {
  if (process.platform !== 'linux') return true;
  const text = readProcFile('/proc/self/stat') ?? '';
  const [, , group, , , foreground] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return group === undefined || group === foreground;
}
