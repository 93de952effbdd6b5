import { spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** A network of its own with nothing but the loopback in it, and a view of the files that may be changed. */
const UNSHARE = ['unshare', '--net', '--mount', ...(userInfo().uid === 0 ? [] : ['--map-root-user']), '--'];

const SEAL = 'ip link set lo up && mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"';

/** Whether this system can take a command's network away. */
export function isSealable() {
  const [command, ...args] = UNSHARE;
  return spawnSync(command, [...args, 'ip', 'link', 'set', 'lo', 'up']).status === 0;
}

/** The words that run a command without a network, with `folder` read-only; where that cannot be, the command's own. */
export function sealed(words, folder) {
  return isSealable() ? [...UNSHARE, 'sh', '-c', SEAL, 'sh', folder, ...words] : words;
}
