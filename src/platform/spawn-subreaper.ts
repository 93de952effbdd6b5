import type { ChildProcess, StdioOptions } from 'node:child_process';
import { SUBREAPER_MARK } from './run-marks.ts';
import { PERL, SCRIPT_FILE, type SubreaperSession } from './subreaper-script.ts';

/** In a list of processes. */
export const SUBREAPER_NAME = 'devgen-subreaper';

export interface SubreaperRequest {
  /** The run's tag. */
  readonly tag: string;
  /** Says in a list of processes what it belongs to. */
  readonly title: string;
}

export interface PerlSpawn extends SubreaperRequest {
  /** In a list of processes. */
  readonly name: string;
  readonly session: SubreaperSession;
  readonly stdio: StdioOptions;
}

/**
 * Starts perl, which then waits for its script; without a pid there is none here. By Node's own spawn, for else every
 * start would wait until execa is loaded (8 ms).
 */
export function spawnPerl({ name, tag, title, session, stdio }: PerlSpawn): ChildProcess {
  const child = process.getBuiltinModule('node:child_process').spawn(PERL, [SCRIPT_FILE, title], {
    argv0: name,
    cwd: '/',
    env: { [tag]: '1', [SUBREAPER_MARK]: '1' },
    detached: session === 'own',
    stdio,
  });
  child.once('error', () => undefined);
  return child;
}
