import { statSync } from 'node:fs';
import { err, ok, type Result } from '../../../base/result.ts';
import type { ContainerPlan } from '../../../plan/plan.ts';
import { followCommand } from '../../containers/follow-command.ts';
import { startContainer } from '../../containers/start-container.ts';
import { closingLines } from '../../logs/read-tail.ts';
import type { ContainerRun } from '../../state/container-run.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import type { RunRecord } from '../../state/run-record.ts';
import { Mutex } from '../mutex.ts';
import type { LaunchEnvironment } from './launch-environment.ts';
import type { RunnerHost } from './runner-host.ts';

export interface ContainerBringUp {
  readonly plan: ContainerPlan;
  readonly record: RunRecord;
  readonly environment: LaunchEnvironment;
  readonly signal: AbortSignal;
  readonly host: RunnerHost;
}

export interface BroughtUp {
  readonly container: ContainerRun;
  /** Of the process that is to be the run's root: it follows the container's log, and ends with it. */
  readonly command: string;
}

/** What one service had compose start must not be taken for what another one did. */
const oneAtATime = new Mutex();

/** Has a service's container up, by us or as it was, before the process that follows it is launched. */
export function bringUpContainer(request: ContainerBringUp): Promise<Result<BroughtUp, Failure>> {
  return oneAtATime.run(() => bringUp(request));
}

async function bringUp({
  plan,
  record,
  environment,
  signal,
  host,
}: ContainerBringUp): Promise<Result<BroughtUp, Failure>> {
  if (signal.aborted) return err({ reason: 'cancelled' });
  const log = pathsOf(host.root).log(record.service);
  const offset = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const started = await startContainer({
    plan,
    context: { cwd: record.cwd, environment: environment.variables.exported, signal },
    log,
    onUp: (what) => host.announce(record.service, { kind: 'waiting', reason: 'before', what }),
  });
  if (signal.aborted && !started.ok) return err({ reason: 'cancelled' });
  if (!started.ok) {
    const failure = started.error;
    const isSilent = failure.reason === 'compose-failed' && failure.lastLines.length === 0;
    return err(isSilent ? { ...failure, lastLines: closingLines(log, offset) } : failure);
  }
  const { run } = started.value;
  if (run.begun.length === 0) host.announce(record.service, { kind: 'container', news: 'found' });
  return ok({ container: run, command: followCommand(run) });
}
