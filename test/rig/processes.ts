import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface LivingProcess {
  readonly pid: number;
  readonly command: string;
}

/** Every living process that carries `variable` in its environment, or works or was started inside `folder`. */
export function processesOf({ variable, folder }: { variable: string; folder: string }): LivingProcess[] {
  return pids()
    .filter((pid) => pid !== process.pid && isLiving(pid))
    .filter((pid) => {
      const inside = readText(`/proc/${pid}/cmdline`).includes(folder) || workingDirectory(pid).startsWith(folder);
      return inside || `\0${readText(`/proc/${pid}/environ`)}`.includes(`\0${variable}=`);
    })
    .map((pid) => ({ pid, command: commandOf(pid) }))
    .filter(({ command }) => command !== ''); // It is ending: its memory is gone already.
}

/** False also for a zombie: it is dead, and only waits for its parent. */
export function isLiving(pid: number): boolean {
  const stat = readText(`/proc/${pid}/stat`);
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return stat !== '' && state !== 'Z' && state !== 'X';
}

function commandOf(pid: number): string {
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
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
