import type { ChildProcess, StdioOptions } from 'node:child_process';
import { currentBoot } from './boot.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { SUBREAPER_MARK } from './run-marks.ts';
import { PERL, type SubreaperRole, scriptFile } from './subreaper-script.ts';

export interface SubreaperRequest {
  /** The run's tag. */
  readonly tag: string;
  /** Says in a list of processes what it belongs to. */
  readonly title: string;
}

/**
 * Starts perl, which then waits for its script; without a pid there is none here. By Node's own spawn, for else every
 * start would wait until execa is loaded (8 ms).
 */
export function spawnSubreaper(
  role: SubreaperRole,
  { tag, title }: SubreaperRequest,
  stdio: StdioOptions,
): ChildProcess {
  const child = process.getBuiltinModule('node:child_process').spawn(PERL, [scriptFile(role), title], {
    argv0: 'devgen-subreaper',
    cwd: '/',
    env: { [tag]: '1', [SUBREAPER_MARK]: '1' },
    detached: role.session === 'own',
    stdio,
  });
  child.once('error', () => undefined);
  return child;
}

/** What its first word says of the process that it launched; `undefined`: it launched none. */
export function launchedProcess(word: string | undefined): ProcessIdentity | undefined {
  const [pid, startTime] = (word ?? '').split(' ').map(Number);
  return pid === undefined || startTime === undefined ? undefined : { ...currentBoot(), pid, startTime };
}
