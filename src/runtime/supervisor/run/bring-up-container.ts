import { statSync } from 'node:fs';
import { err, ok, type Result } from '../../../base/result.ts';
import type { ContainerPlan } from '../../../plan/plan.ts';
import { followCommand } from '../../containers/follow-command.ts';
import { startContainer } from '../../containers/start-container.ts';
import { closingLines } from '../../logs/read-tail.ts';
import type { Failure } from '../../state/lifecycle.ts';
import { pathsOf } from '../../state/paths.ts';
import { composeProject, inComposeTurn } from './compose-turns.ts';
import { endContainer } from './end-whole-run.ts';
import type { KeptRecord } from './kept-record.ts';
import type { LaunchEnvironment } from './launch-environment.ts';
import type { RunnerHost } from './runner-host.ts';

export interface ContainerBringUp {
  readonly plan: ContainerPlan;
  /** Told what is at the engine for the run at any moment, so that it is ended whatever happens. */
  readonly kept: KeptRecord;
  readonly environment: LaunchEnvironment;
  readonly signal: AbortSignal;
  readonly host: RunnerHost;
}

/**
 * Has a service's container up, by us or as it was, before the process that follows it is launched. Gives that one's
 * command: it is to be the run's root, and ends with the container's log.
 */
export function bringUpContainer(request: ContainerBringUp): Promise<Result<string, Failure>> {
  const { plan, kept, environment, signal } = request;
  const project = composeProject(plan, kept.record.cwd, environment.variables.exported);
  const cancelled = err({ reason: 'cancelled' } as const);
  return inComposeTurn<Result<string, Failure>>({ project, action: () => bringUp(request), signal, cancelled });
}

async function bringUp(request: ContainerBringUp): Promise<Result<string, Failure>> {
  const { plan, kept, environment, signal, host } = request;
  const { service, cwd } = kept.record;
  const log = pathsOf(host.root).log(service);
  const offset = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const started = await startContainer({
    plan,
    context: { cwd, environment: environment.variables.exported, signal },
    log,
    onUp: (what, before) => {
      kept.amend({ container: { state: 'coming', before, log } });
      host.announce(service, { kind: 'waiting', reason: 'before', what });
    },
  });
  if (started.ok) {
    kept.amend({ container: started.value });
    if (started.value.begun.length === 0) host.announce(service, { kind: 'container', news: 'found' });
    return ok(followCommand(started.value));
  }
  await endWhatCame(request);
  if (signal.aborted) return err({ reason: 'cancelled' });
  const failure = started.error;
  const isSilent = failure.reason === 'compose-failed' && failure.lastLines.length === 0;
  return err(isSilent ? { ...failure, lastLines: closingLines(log, offset) } : failure);
}

/** Still in this service's turn: what the next one has compose start would be taken for this one's. */
async function endWhatCame({ kept, environment }: ContainerBringUp): Promise<void> {
  const { record } = kept;
  const policy = record.plan.stop;
  const left = await endContainer({ record, environment: environment.variables.exported, policy });
  if (left.length === 0) kept.amend({ container: null });
}
