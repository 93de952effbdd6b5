import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface LivingProcess {
  readonly pid: number;
  readonly command: string;
}

/** Every living process that carries `variable` in its environment, or works or was started inside `folder`. */
export function processesOf({ variable, folder }: { variable: string; folder: string }): LivingProcess[] {
  return pids().flatMap((pid) => {
    // Empty for a thread of the kernel, and for what is ending: its memory is gone already.
    const line = readText(`/proc/${pid}/cmdline`);
    if (line === '' || pid === process.pid) return [];
    const belongs =
      line.includes(folder) ||
      workingDirectory(pid).startsWith(folder) ||
      `\0${readText(`/proc/${pid}/environ`)}`.includes(`\0${variable}=`);
    return belongs && isLiving(pid) ? [{ pid, command: line.replaceAll('\0', ' ').trim() }] : [];
  });
}

/** False also for a zombie: it is dead, and only waits for its parent. */
export function isLiving(pid: number): boolean {
  return !['', 'Z', 'X'].includes(afterName(pid)[0] ?? '');
}

/** 0 of a process that is no more. */
export function parentOf(pid: number): number {
  return Number(afterName(pid)[1] ?? 0);
}

/** The fields of `/proc/PID/stat` that follow the name, which may hold anything: state, parent, … */
function afterName(pid: number): string[] {
  const stat = readText(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

export function killQuietly(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
}

function pids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function workingDirectory(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
