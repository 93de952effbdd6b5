import { readdirSync } from 'node:fs';
import { expectCodes } from './error-code.ts';
import { ownUserId } from './own-user.ts';
import { readProcFile, readProcLink } from './proc-file.linux.ts';
import { findProcess } from './process-table.ts';

/** Something that the kernel gives each user only so much of. */
export interface UserLimit {
  /** As sysctl calls it. */
  readonly setting: string;
  readonly used: number;
  readonly limit: number;
}

/**
 * File watches of this user, and what they are limited to; systems other than Linux tell nothing. Source: inotify(7),
 * proc_pid_fdinfo(5)
 */
export function watchLimits(): readonly UserLimit[] {
  if (process.platform !== 'linux') return [];
  let instances = 0;
  let watches = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOwn(name))) {
    for (const descriptor of descriptorsOf(pid)) {
      if (readProcLink(`/proc/${pid}/fd/${descriptor}`) !== 'anon_inode:inotify') continue;
      instances += 1;
      watches += (readProcFile(`/proc/${pid}/fdinfo/${descriptor}`) ?? '').match(/^inotify /gm)?.length ?? 0;
    }
  }
  return [limitOf('max_user_watches', watches), limitOf('max_user_instances', instances)].filter(
    ({ limit }) => limit > 0,
  );
}

/**
 * How many files a process of ours may have open; `undefined`: the system does not tell. Node raises the soft limit
 * itself.
 */
export function openFileLimit(): number | undefined {
  const [, hard] = /^Max open files\s+\S+\s+(\d+)/m.exec(readProcFile('/proc/self/limits') ?? '') ?? [];
  return hard === undefined ? undefined : Number(hard);
}

function limitOf(name: string, used: number): UserLimit {
  const limit = Number(readProcFile(`/proc/sys/fs/inotify/${name}`) ?? 0);
  return { setting: `fs.inotify.${name}`, used, limit };
}

function isOwn(pid: string): boolean {
  return findProcess(Number(pid))?.userId === ownUserId();
}

function descriptorsOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);
    return []; // Gone meanwhile, or not ours to look into.
  }
}
