import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { userEnvironment } from './environment.ts';

/**
 * What a supervisor still holds of runs, counted from outside; once nothing runs it is nothing. Descriptors of FIFOs and
 * logs, watches of files, FIFOs, and ports that it has reserved.
 */
export function heldBySupervisor(pid: number, root: string): readonly string[] {
  return [...descriptorsOf(pid, root), ...fifosOf(root), ...reservationsOf(pid)];
}

function descriptorsOf(pid: number, root: string): readonly string[] {
  return listed(`/proc/${pid}/fd`).flatMap((descriptor) => {
    const target = linkAt(`/proc/${pid}/fd/${descriptor}`);
    if (target === 'anon_inode:inotify') return watchesIn(`/proc/${pid}/fdinfo/${descriptor}`);
    const isOfRun = target.endsWith('.fifo') || (target.endsWith('.log') && basename(target) !== 'devgen.log');
    return isOfRun && target.startsWith(root) ? [`descriptor of ${target}`] : [];
  });
}

/** Source: proc_pid_fdinfo(5), a row for each watch of an inotify instance. */
function watchesIn(path: string): readonly string[] {
  const count = textOf(path).match(/^inotify /gm)?.length ?? 0;
  return count === 0 ? [] : [`${count} watches of files`];
}

/** Without those of runs on record. A record that a test damaged stands for any run: its FIFO is left alone. */
function fifosOf(root: string): readonly string[] {
  const runs = join(root, 'logs/.devgen/runs');
  const names = listed(runs);
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => idIn(textOf(join(runs, name))));
  if (ids.includes(undefined)) return [];
  return names.filter((name) => name.endsWith('.fifo') && !ids.includes(name.replace(/\.fifo$/, '')));
}

function idIn(record: string): string | undefined {
  try {
    return (JSON.parse(record) as { readonly id?: string }).id;
  } catch {
    return undefined;
  }
}

function reservationsOf(pid: number): readonly string[] {
  const folder = join(userEnvironment().XDG_RUNTIME_DIR ?? '', 'devgen/ports');
  return listed(folder).flatMap((name) => {
    const { supervisor } = JSON.parse(textOf(join(folder, name)) || '{}') as Reservation;
    return supervisor?.pid === pid ? [`reservation of port ${name.replace('.json', '')}`] : [];
  });
}

interface Reservation {
  readonly supervisor?: { readonly pid: number };
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // It is gone.
  }
}

function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // The same.
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // The same.
  }
}
