import { readdirSync, readlinkSync } from 'node:fs';
import { errorCode } from './error-code.ts';
import { findProcess } from './process-table.ts';

/** What takes in the processes that lose their parent, and starts no commands for anyone's input. */
const INIT = /^(?:systemd|init|launchd|tini|dumb-init|docker-init|catatonit|runit|s6-svscan)$/;

/**
 * Whether this process had lost its parent before it could look: who has it now is not who began it. In a container the
 * first process may be that, too: then it has our input, or the other end of it, as far as a pipe tells.
 */
export function hasLostParent(): boolean {
  const parent = process.ppid;
  if (process.platform === 'win32' || parent === 0) return false;
  const isInit = INIT.test(findProcess(parent)?.name ?? '');
  if (parent !== 1) return isInit;
  if (process.platform !== 'linux') return true;
  const input = targetOf('/proc/self/fd/0');
  // The ends of a socket have names of their own.
  return input?.startsWith('pipe:') === true ? !holds(parent, input) : isInit;
}

function holds(pid: number, input: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => targetOf(`/proc/${pid}/fd/${fd}`) === input);
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return false; // Another user's.
  }
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return undefined; // Closed meanwhile.
  }
}
