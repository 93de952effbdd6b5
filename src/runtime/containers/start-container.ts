import { err, ok, type Result } from '../../base/result.ts';
import type { ContainerPlan } from '../../plan/plan.ts';
import { runCommand } from '../../platform/run-command.ts';
import type { ContainerRun } from '../state/container-run.ts';
import {
  type ComposeProgram,
  composeWords,
  type EngineFailure,
  engineFailure,
  findComposeProgram,
} from './compose-program.ts';
import type { ContainerState } from './container-state.ts';
import type { EngineContext } from './engine-call.ts';
import { isRunning } from './judge-container.ts';
import { listContainers } from './list-containers.ts';

export interface ContainerStart {
  readonly plan: ContainerPlan;
  readonly context: EngineContext;
  /** What compose says while it starts it is appended here: it pulls and builds images. */
  readonly log: string;
  /** Told before compose is run, with the whole command line. */
  readonly onUp: (command: string) => void;
}

export interface StartedContainer {
  readonly run: ContainerRun;
  readonly state: ContainerState;
}

/** Has the container brought up, with what compose knows it needs; one that is up is taken as it is. */
export async function startContainer(start: ContainerStart): Promise<Result<StartedContainer, EngineFailure>> {
  const { plan, context } = start;
  const program = await findComposeProgram(context);
  if (!program.ok) return program;
  const before = await listContainers(program.value, plan, context);
  if (!before.ok) return before;
  const { engine } = program.value;
  const present = before.value.find(isContainerOf(plan));
  if (present !== undefined && present.status === 'running') {
    return ok({ run: { engine, id: present.id, begun: [] }, state: present });
  }
  const failure = await up(program.value, start);
  if (failure !== null) return err(failure);
  const after = await listContainers(program.value, plan, context);
  if (!after.ok) return after;
  const state = after.value.find(isContainerOf(plan));
  if (state === undefined) {
    const command = composeWords(program.value, plan, ['ps']).join(' ');
    return err({ reason: 'compose-failed', command, exit: { code: 0, signal: null }, lastLines: [] });
  }
  const wasUp = new Set(before.value.filter(isRunning).map(({ id }) => id));
  const others = after.value.filter((each) => each !== state && isRunning(each) && !wasUp.has(each.id));
  const begun = [state, ...others].map(({ id, startedAt }) => ({ id, startedAt }));
  return ok({ run: { engine, id: state.id, begun }, state });
}

function isContainerOf(plan: ContainerPlan): (state: ContainerState) => boolean {
  return ({ service }) => service === plan.service;
}

async function up(
  program: ComposeProgram,
  { plan, context, log, onUp }: ContainerStart,
): Promise<EngineFailure | null> {
  const [file = '', ...args] = composeWords(program, plan, ['up', '--detach', plan.service]);
  const command = [file, ...args].join(' ');
  onUp(command);
  const { cwd, environment, signal } = context;
  const lines: string[] = [];
  const outcome = await runCommand({
    command: { kind: 'direct', file, args },
    cwd,
    environment,
    output: 'log',
    log,
    ...(signal && { signal }),
  });
  if (outcome.code === 0) return null;
  const exit = { code: outcome.code, signal: outcome.signal };
  return (await engineFailure(program, context)) ?? { reason: 'compose-failed', command, exit, lastLines: lines };
}
