import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readEnvFile } from '../../config/read-env-file.ts';
import { taskEnvironment } from '../../plan/environment.ts';
import type { CopyStep, Plan, RunStep } from '../../plan/plan.ts';
import { type RunnableCommand, resolveCommand } from '../../plan/resolve-command.ts';
import { copyNewFile } from '../../platform/copy-new-file.ts';
import { errorCode } from '../../platform/error-code.ts';
import { findProgram } from '../../platform/find-program.ts';
import { linkOutside } from '../../platform/link-outside.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import type { CommandOutcome, CommandRequest } from '../../platform/run-command.ts';
import { blankVariables } from './blank-variables.ts';
import { explainEnd } from './explain-end.ts';
import { pinnedVersion } from './pinned-version.ts';
import type { SetupFailure } from './setup-failure.ts';

export interface SetupPlace {
  /** The checkout's, absolute. */
  readonly root: string;
  readonly plan: Plan;
  readonly shellEnvironment: Readonly<Record<string, string | undefined>>;
  /** Ends the step's command, with everything it started. */
  readonly signal: AbortSignal;
  /** Runs a step's command to the end. */
  readonly execute: (step: RunStep, request: CommandRequest) => Promise<CommandOutcome>;
}

export type StepEnd =
  /** `blank`: the variables of a copied env file that have no value yet. */
  | { readonly kind: 'done'; readonly blank: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: SetupFailure }
  | { readonly kind: 'broken-off' };

/** Runs the command of a step to its end. */
export async function performRun(
  step: RunStep,
  { root, plan, shellEnvironment, signal, execute }: SetupPlace,
): Promise<StepEnd> {
  const cwd = join(root, step.cwd);
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return failed({ reason: 'cwd-missing', cwd: step.cwd });
  }
  // No service has a port yet, so none is named.
  const environment = taskEnvironment({ plan, root, task: step, ports: new Map(), shellEnvironment });
  const runnable = resolveCommand(step.run, environment);
  const program = firstProgram(runnable);
  if (program !== '' && findProgram(program, cwd, environment.exported.PATH).kind === 'missing') {
    return failed(toolMissing(program, step, root));
  }
  const end = explainEnd(await execute(step, { ...runnable, cwd, output: 'capture', signal }), program);
  switch (end.kind) {
    case 'succeeded':
      return { kind: 'done', blank: [] };
    case 'aborted':
      return { kind: 'broken-off' };
    case 'tool-missing':
      return failed(toolMissing(end.tool, step, root));
    case 'wrong-version':
      return failed({ reason: 'wrong-version', pinned: pinnedVersion(root, step.cwd, program), ...end.end });
    case 'failed':
      return failed(end.failure);
  }
}

/** Copies a file to a place where none is. */
export function performCopy({ from, to }: CopyStep, { root }: Pick<SetupPlace, 'root'>): StepEnd {
  const outside = [from, to].find((path) => linkOutside(root, path) !== undefined);
  if (outside !== undefined) return failed({ reason: 'outside', path: outside });
  if (statSync(join(root, from), { throwIfNoEntry: false })?.isFile() !== true) {
    return failed({ reason: 'source-missing', file: from });
  }
  try {
    makeFolder(dirname(join(root, to)));
    copyNewFile(join(root, from), join(root, to));
  } catch (thrown) {
    const code = errorCode(thrown);
    if (code === undefined) throw thrown;
    return failed({ reason: 'unwritable', path: to, code });
  }
  return { kind: 'done', blank: blankIn(root, to) };
}

/** The variables of an env file that have no value yet; none where there is no such file. */
export function blankIn(root: string, path: string): readonly string[] {
  const reading = /(^|[/.])env([.\w-]*)$/.test(path) ? readEnvFile(join(root, path)) : { kind: 'absent' as const };
  return reading.kind === 'read' ? blankVariables(reading.text) : [];
}

function firstProgram({ command }: RunnableCommand): string {
  return command.kind === 'direct' ? command.file : '';
}

function toolMissing(tool: string, { cwd }: RunStep, root: string): SetupFailure {
  return { reason: 'tool-missing', tool, pinned: pinnedVersion(root, cwd, tool) };
}

function failed(failure: SetupFailure): StepEnd {
  return { kind: 'failed', failure };
}
