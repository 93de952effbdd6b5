import { readdirSync, readFileSync } from 'node:fs';

/** Every living process of the project: supervisors, servers, and the child that each server leaves in a session of its own. */
export function processesOf(project) {
  return readdirSync('/proc').flatMap((name) => {
    const words = /^\d+$/.test(name) ? read(`/proc/${name}/cmdline`).split('\0') : [];
    if (!words.some((word) => word.startsWith(project.root)) || isZombie(name)) return [];
    const mark = words.indexOf('--soak');
    const [service, parent] = mark === -1 ? [] : words.slice(mark + 1);
    const isSupervisor = words.some((word) => word.endsWith('supervisor.cjs'));
    return [{ pid: Number(name), service, isChild: Boolean(parent), parent: Number(parent), isSupervisor }];
  });
}

function isZombie(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat === '' || /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}

function read(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // It ended meanwhile.
  }
}
