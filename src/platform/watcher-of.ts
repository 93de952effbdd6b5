import { statSync } from 'node:fs';
import { expectCodes } from './error-code.ts';
import { descriptorsOf, readProcFile, readProcLink } from './proc-file.linux.ts';

/**
 * The first of `pids` that the system tells of every change to one of these files; `undefined`: none of them, or a
 * system that does not say (all but Linux). A file is known by its inode alone: file systems in layers have other
 * devices here than in its `stat`.
 * Source: proc_pid_fdinfo(5), lines of inotify
 */
export function watcherOf(pids: Iterable<number>, paths: readonly string[]): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const inodes = new Set(paths.flatMap((path) => inodeOf(path) ?? []));
  if (inodes.size === 0) return undefined;
  return [...pids].find((pid) => watchedInodes(pid).some((inode) => inodes.has(inode)));
}

/** `undefined`: there is no such file, or its folder is not ours to look into. */
function inodeOf(path: string): string | undefined {
  try {
    return statSync(path, { bigint: true }).ino.toString(16);
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP']);
    return undefined;
  }
}

function watchedInodes(pid: number): readonly string[] {
  return descriptorsOf(pid)
    .filter((descriptor) => readProcLink(`/proc/${pid}/fd/${descriptor}`) === 'anon_inode:inotify')
    .flatMap((descriptor) => {
      const marks = readProcFile(`/proc/${pid}/fdinfo/${descriptor}`) ?? '';
      return [...marks.matchAll(/^inotify .*?\bino:([0-9a-f]+)/gm)].flatMap(([, inode]) => inode ?? []);
    });
}
