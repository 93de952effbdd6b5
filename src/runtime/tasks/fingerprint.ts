import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../base/sha256.ts';
import type { TaskPlan } from '../../plan/plan.ts';
import { expectCodes } from '../../platform/error-code.ts';
import { findFiles } from './find-files.ts';

export interface TaskPlace {
  /** Absolute. */
  readonly cwd: string;
  /** What the runtime itself writes: no task's input unless it is named. */
  readonly logs: string;
}

/**
 * What decides whether a task has to run again: its definition, its arguments, the names and contents of its inputs.
 * `null`: it has no inputs, or they mean no file: then nothing proves that it need not run.
 */
export function taskFingerprint(task: TaskPlan, args: readonly string[], { cwd, logs }: TaskPlace): string | null {
  const files = findFiles({ directory: cwd, globs: task.inputs, ignored: logs });
  if (files.length === 0) return null;
  const { run, env, inputs, outputs } = task;
  const contents = files.map((file) => [file, hashOf(join(cwd, file))]);
  return sha256(JSON.stringify([run, args, task.cwd, env, inputs, outputs, contents]));
}

/** `null`: it cannot be read, as good as another content. */
function hashOf(file: string): string | null {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'EACCES', 'EISDIR', 'ELOOP', 'ENXIO']);
    return null;
  }
}
