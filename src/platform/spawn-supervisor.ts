import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, expectCodes } from './error-code.ts';
import { makeFolder } from './make-folder.ts';
import { APPENDING, openRegularFile } from './regular-file.ts';
import { runIdsOf, SUPERVISOR_MARK } from './run-marks.ts';
import { SUPERVISOR_OPTIONS } from './supervisor-options.ts';

export interface SupervisorRequest {
  /** The JavaScript file that Node is to run; its only argument is `root`. */
  readonly entry: string;
  readonly root: string;
  /** Its stderr is appended here. */
  readonly logFile: string;
  readonly environment: Readonly<Record<string, string>>;
}

export type SupervisorStart = 'ready' | 'lock-held' | { readonly failed: string };

const TIMEOUT_MS = 15_000;

/**
 * Starts a supervisor that outlives us, and waits for its word: the line `ready` or `lock-held` on its stdout. It must
 * write nothing else there: nothing is read after the first line. Node's own spawn, because execa costs 100 ms to load.
 */
export async function spawnSupervisor(request: SupervisorRequest): Promise<SupervisorStart> {
  const errors = openErrors(request.logFile);
  if (typeof errors === 'string') return { failed: errors };
  // Loaded here: a command that finds a supervisor does not need it.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const [file, ...args] = withoutParent([process.execPath, ...SUPERVISOR_OPTIONS, request.entry, request.root]);
  const child = spawn(file, args, {
    cwd: request.root,
    env: { ...request.environment, [SUPERVISOR_MARK]: '1' },
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', errors],
  });
  closeSync(errors);
  try {
    const start = await firstWord(child);
    // It still has our pipe, so the group's number still means its group.
    if (typeof start !== 'string' && child.stdout?.closed === false) endGroup(child);
    return start;
  } finally {
    child.stdout?.destroy();
    child.removeAllListeners();
    child.unref();
  }
}

/** The message of the system where the log cannot be written (read-only, no space). */
function openErrors(logFile: string): number | string {
  try {
    makeFolder(dirname(logFile));
    return openRegularFile(logFile, APPENDING, 0o600);
  } catch (thrown) {
    if (errorCode(thrown) === undefined || !(thrown instanceof Error)) throw thrown;
    return thrown.message;
  }
}

/**
 * Called from within a service's tree, a supervisor of our own descent would have the very run that it is to end among
 * its ancestors, which it never signals. A shell that is gone at once makes it an orphan.
 */
function withoutParent(command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  const isInsideRun = runIdsOf(Object.keys(process.env)).length > 0;
  return isInsideRun && process.platform !== 'win32' ? ['/bin/sh', '-c', '"$0" "$@" &', ...command] : command;
}

/** What was given up must not come to life later on; with a shell before it, it is only the group that has it. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (thrown) {
    expectCodes(thrown, ['ESRCH']);
  }
}

function firstWord(child: ChildProcess): Promise<SupervisorStart> {
  return new Promise((resolve) => {
    let text = '';
    const timer = setTimeout(() => settle({ failed: `not ready after ${TIMEOUT_MS / 1000} s` }), TIMEOUT_MS);
    const settle = (start: SupervisorStart): void => {
      clearTimeout(timer);
      resolve(start);
    };
    child.once('error', (error) => settle({ failed: error.message }));
    // Not at `exit`: its last words may still be on the way.
    child.once('close', (code, signal) =>
      settle(wordOf(text) ?? { failed: `ended with ${signal ?? `exit code ${code}`}` }),
    );
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) settle(wordOf(text) ?? { failed: `unexpected answer: ${text.trim()}` });
    });
  });
}

function wordOf(text: string): 'ready' | 'lock-held' | undefined {
  const word = text.split('\n')[0]?.trim();
  return word === 'ready' || word === 'lock-held' ? word : undefined;
}
