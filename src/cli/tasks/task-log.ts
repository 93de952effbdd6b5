import { closeSync, constants, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { LogPlan } from '../../plan/plan.ts';
import { errorCode } from '../../platform/error-code.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { APPENDING, openRegularFile } from '../../platform/regular-file.ts';
import { rotateIfLarge } from '../../runtime/logs/rotate.ts';

/** Where the lines of one run of a task are kept; those of the run before it are gone. */
export interface TaskLog {
  add(line: string): void;
  close(): void;
}

/** Where nothing can be written, and without a path, the task runs all the same, and nothing is kept. */
export function openTaskLog(path: string | null, logs: LogPlan): TaskLog {
  let descriptor = attempt(() => {
    if (path === null) return undefined;
    makeFolder(dirname(path));
    return openRegularFile(path, APPENDING | constants.O_TRUNC, 0o600);
  });
  let size = 0;
  const close = (): void => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    add(line) {
      const opened = descriptor;
      if (opened === undefined || path === null) return;
      const written = attempt(() => writeSync(opened, `${line}\n`));
      size += written ?? 0;
      if (written === undefined) return close();
      if (size <= logs.maxBytes) return;
      size = 0;
      if (attempt(() => rotateIfLarge(path, { ...logs, timeIndex: null })) === undefined) close();
    },
    close,
  };
}

function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    return undefined;
  }
}
