import { dirname } from 'node:path';
import { err, ok, type Result } from '../../base/result.ts';
import type { CommandEnvironment } from '../../plan/command-environment.ts';
import type { ServicePlan } from '../../plan/plan.ts';
import { resolveCommand } from '../../plan/resolve-command.ts';
import { findProgram } from '../../platform/find-program.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { nicedCommand } from '../../platform/niced-command.ts';
import {
  type SpawnedProcess,
  type SpawnFailure,
  type SpawnRequest,
  spawnService,
} from '../../platform/spawn-service.ts';
import type { SubreaperRequest } from '../../platform/spawn-subreaper.ts';
import type { Failure } from '../state/lifecycle.ts';
import { findFolder } from './find-folder.ts';
import type { RunTrace } from './run-trace.ts';

export type LaunchFailure = Extract<Failure, { reason: 'command-not-found' | 'cwd-missing' | 'spawn-failed' }>;

export interface LaunchRequest {
  /** The run's record, as it was written before the launch. */
  readonly record: RunTrace & { readonly cwd: string; readonly plan: Pick<ServicePlan, 'command' | 'nice'> };
  /** The service's, its run's tag included. */
  readonly environment: CommandEnvironment;
  /** Absent: it is to be our own child. */
  readonly subreaper?: SubreaperRequest;
}

/**
 * Starts a run's root process: its FIFO and log are made, its command is resolved with its own environment.
 * A command line that needs a shell is never `command-not-found`: the shell says so itself, with exit code 127.
 * Without FIFOs (a file system that knows none) it starts all the same, with a stdin that is at its end.
 */
export async function launchRun({
  record,
  environment,
  subreaper,
}: LaunchRequest): Promise<Result<SpawnedProcess, LaunchFailure>> {
  const { cwd, log, plan } = record;
  const folder = findFolder(cwd);
  if (!folder.ok) return folder;
  for (const file of [log, record.fifo]) if (file !== '') makeFolder(dirname(file));
  const plain: SpawnRequest = { ...resolveCommand(plan.command, environment), cwd, fifo: record.fifo, log };
  if (plan.nice > 0 && isMissing(plain)) return err(failureOf(NOT_THERE, plain));
  const request = { ...plain, command: nicedCommand(plain.command, plan.nice) };
  const outcome = await spawnService(request, subreaper);
  return outcome.ok ? ok(outcome.value) : err(failureOf(outcome.error, request));
}

const NOT_THERE: SpawnFailure = { stage: 'program', code: 'ENOENT', message: '' };

/** What starts it at another priority would say so in words of its own. */
function isMissing({ command, cwd, environment }: SpawnRequest): boolean {
  return command.kind === 'direct' && findProgram(command.file, cwd, environment.PATH).kind === 'missing';
}

function failureOf({ stage, code, message }: SpawnFailure, { command, environment }: SpawnRequest): LaunchFailure {
  if (stage === 'program' && code === 'ENOENT') {
    const program = command.kind === 'direct' ? command.file : 'sh';
    return { reason: 'command-not-found', command: program, path: environment.PATH ?? '', remedy: null };
  }
  return { reason: 'spawn-failed', code, message };
}
