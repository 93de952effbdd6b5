import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import type { TaskPlan } from '../../plan/plan.ts';
import type { CommandOutcome, CommandRequest } from '../../platform/run-command.ts';
import { shellExitCode } from '../../platform/shell-exit-code.ts';
import { pathsOf } from '../state/paths.ts';
import { allExist } from './find-files.ts';
import { taskFingerprint, type UnreadableInput } from './fingerprint.ts';
import type { TaskEnd } from './run-graph.ts';
import { readFingerprint, writeFingerprint } from './task-cache.ts';
import { taskCommand } from './task-command.ts';

export interface TaskRun {
  /** The checkout's, absolute. */
  readonly root: string;
  readonly task: TaskPlan;
  readonly args: readonly string[];
  readonly when: 'needed' | 'always';
  /** As it is before `prepare`: what it holds may decide whether the task has to run. */
  readonly environment: CommandEnvironment;
  /** Called when it does have to run, for what must be there first; `null`: it cannot be had. */
  readonly prepare: () => Promise<CommandEnvironment | null>;
  /** Runs its command to the end. */
  readonly execute: (request: CommandRequest) => Promise<CommandOutcome>;
  readonly output: TaskOutput;
  readonly onNews: (news: TaskNews) => void;
  /** Ends it, with everything it started. */
  readonly signal: AbortSignal;
}

/** `terminal`: it has ours, keyboard included. */
export type TaskOutput =
  | { readonly kind: 'terminal' }
  | { readonly kind: 'lines'; readonly onLine: (line: string) => void };

export type TaskNews =
  | { readonly kind: 'skipped' }
  | { readonly kind: 'running'; readonly command: string }
  | { readonly kind: 'cwd-missing'; readonly cwd: string }
  /** Whether it changed cannot be said. */
  | ({ readonly kind: 'input-unreadable' } & UnreadableInput)
  | { readonly kind: 'not-started'; readonly command: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly code: number | null; readonly signal: string | null };

/** Exit code of a command that there is not. Source: POSIX.1-2024, Shell Command Language, 2.8.2. */
const NOT_FOUND = 127;

/** Runs one task to its end, unless its inputs are as they were when it last succeeded and its outputs are there. */
export async function runTask(request: TaskRun): Promise<TaskEnd> {
  const { task, args, root, onNews } = request;
  if (task.run === null) return { kind: request.when === 'always' ? 'done' : 'skipped' };
  const cwd = join(root, task.cwd);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    onNews({ kind: 'cwd-missing', cwd: task.cwd });
    return { kind: 'failed', code: 1 };
  }
  const { logs } = pathsOf(root);
  const key = taskFingerprint({ task, args, cwd, logs, environment: request.environment });
  if (!key.ok) {
    onNews({ kind: 'input-unreadable', ...key.error });
    return { kind: 'failed', code: 1 };
  }
  const fingerprint = key.value;
  const isUnchanged = fingerprint !== null && fingerprint === readFingerprint(root, task.name);
  const isThere = isUnchanged && allExist({ directory: cwd, globs: task.outputs, ignored: logs });
  if (isThere && request.when === 'needed') {
    onNews({ kind: 'skipped' });
    return { kind: 'skipped' };
  }
  const environment = await request.prepare();
  if (environment === null) return { kind: 'failed', code: 1 };
  if (request.signal.aborted) return { kind: 'not-begun' };
  writeFingerprint(root, task.name, null);
  onNews({ kind: 'running', command: task.run });
  const outcome = await request.execute(commandOf(request, { run: task.run, cwd, environment }));
  if (outcome.code === 0) writeFingerprint(root, task.name, fingerprint);
  return endOf(outcome, request);
}

interface Execution {
  readonly run: string;
  readonly cwd: string;
  readonly environment: CommandEnvironment;
}

function commandOf({ args, output, signal }: TaskRun, { run, cwd, environment }: Execution): CommandRequest {
  return {
    ...taskCommand(run, args, environment),
    cwd,
    ...(output.kind === 'terminal' ? { output: 'inherit' } : { output: 'lines', onLine: output.onLine }),
    signal,
  };
}

function endOf(outcome: CommandOutcome, { task, onNews }: TaskRun): TaskEnd {
  const { code, signal } = outcome;
  if (code === 0) return { kind: 'done' };
  if (outcome.ended === 'not-started') {
    onNews({ kind: 'not-started', command: task.run ?? '', detail: outcome.output });
    return { kind: 'failed', code: NOT_FOUND };
  }
  onNews({ kind: 'failed', code, signal });
  return { kind: 'failed', code: shellExitCode(outcome) };
}
