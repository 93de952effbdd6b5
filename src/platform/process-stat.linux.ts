import { readProcFile } from './proc-file.linux.ts';
import type { ProcessEntry } from './process-entry.ts';

/** The fields of /proc/PID/stat that devgen uses. Source: proc_pid_stat(5). */
export interface ProcessStat extends Omit<ProcessEntry, 'userId'> {
  /** User and system time, in clock ticks of 10 ms. */
  readonly cpuTicks: number;
}

/** `undefined`: no such process. */
export function readProcessStat(pid: number): ProcessStat | undefined {
  const text = readProcFile(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcessStat(text);
}

/** The name may hold blanks and parentheses, so fields count from the last `)`. `undefined` when the text is torn. */
export function parseProcessStat(text: string): ProcessStat | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const fields = text.slice(close + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3]);
  const startTime = field(22);
  if (!Number.isInteger(startTime)) return undefined;
  return {
    pid: Number(text.slice(0, open)),
    name: text.slice(open + 1, close),
    state: stateOf(fields[0] ?? '', field(20)),
    parentPid: field(4),
    groupId: field(5),
    sessionId: field(6),
    cpuTicks: field(14) + field(15),
    startTime,
  };
}

/**
 * A leader that called `pthread_exit` shows as Z while its other threads go on: only the last thread makes a zombie.
 */
function stateOf(letter: string, threads: number): ProcessEntry['state'] {
  if (letter === 'X' || letter === 'x') return 'zombie';
  if (letter === 'Z') return threads > 1 ? 'running' : 'zombie';
  return letter === 'T' ? 'stopped' : 'running';
}
