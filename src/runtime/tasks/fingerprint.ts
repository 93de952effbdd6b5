import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import { sha256 } from '../../base/sha256.ts';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import { namedVariables } from '../../plan/named-variables.ts';
import type { TaskPlan } from '../../plan/plan.ts';
import { errorCode } from '../../platform/error-code.ts';
import { findProgram } from '../../platform/find-program.ts';
import { hashFile } from '../../platform/hash-file.ts';
import { findFiles } from './find-files.ts';
import { taskCommand } from './task-command.ts';

export interface TaskCall {
  readonly task: TaskPlan;
  readonly args: readonly string[];
  /** As it is before the services that the task needs are started. */
  readonly environment: CommandEnvironment;
  /** Absolute. */
  readonly cwd: string;
  /** What the runtime itself writes: no task's input unless it is named. */
  readonly logs: string;
}

/**
 * An input of which it cannot be said whether it changed. `code`: the system's, or `EILSEQ` for a name that is not
 * UTF-8.
 */
export interface UnreadableInput {
  readonly file: string;
  readonly code: string;
}

/**
 * What decides whether a task has to run again: its definition, its arguments, the variables that it sets or names, its
 * program, the names and contents of its inputs. `null`: it has no inputs, or they mean no file: then nothing proves
 * that it need not run.
 */
export function taskFingerprint(call: TaskCall): Result<string | null, UnreadableInput> {
  const { task, args, cwd, logs } = call;
  const files = findFiles({ directory: cwd, globs: task.inputs, ignored: logs });
  if (files.length === 0) return ok(null);
  const contents: (readonly [file: string, hash: string])[] = [];
  for (const file of files) {
    const hash = hashOf(cwd, file);
    if (!hash.ok) return hash;
    contents.push([file, hash.value]);
  }
  const { run, env, inputs, outputs } = task;
  return ok(
    sha256(JSON.stringify([run, args, task.cwd, env, inputs, outputs, variablesOf(call), programOf(call), contents])),
  );
}

function variablesOf({
  task,
  environment: { exported, named },
}: TaskCall): readonly (readonly [string, string | null])[] {
  const names = new Set([...Object.keys(task.env), ...namedVariables(task.run ?? '')]);
  return [...names].sort().map((name) => [name, named[name] ?? exported[name] ?? null]);
}

/** The program, as another version of it would differ; `null`: only a shell could tell which it is. */
function programOf({
  task,
  args,
  environment,
  cwd,
}: TaskCall): readonly [file: string, size: number, changedMs: number] | null {
  const { command } = taskCommand(task.run ?? '', args, environment);
  if (command.kind === 'shell') return null;
  const { kind, file } = findProgram(command.file, cwd, environment.exported.PATH);
  if (kind !== 'found' || file === '') return null;
  const { size, mtimeMs } = statSync(file);
  return [realpathSync(file), size, mtimeMs];
}

function hashOf(cwd: string, file: string): Result<string, UnreadableInput> {
  // What stands for bytes that are no UTF-8: there is no way from it to the file.
  if (file.includes('\uFFFD')) return err({ file, code: 'EILSEQ' });
  try {
    return ok(hashFile(join(cwd, file)));
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    return err({ file, code });
  }
}
