import { err, ok, type Result } from '../../base/result.ts';
import type { ContainerPlan } from '../../plan/plan.ts';
import { runCommand } from '../../platform/run-command.ts';
import type { UpContainer } from '../state/container-run.ts';
import { begunSince } from './begun-since.ts';
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
  /**
   * Told before compose is run: the whole command line, and the ids of what is up already. From then on containers may
   * have begun that were not up before, however the start ends.
   */
  readonly onUp: (command: string, before: readonly string[]) => void;
}

/** Has the container brought up, with what compose knows it needs; one that is up is taken as it is. */
export async function startContainer(start: ContainerStart): Promise<Result<UpContainer, EngineFailure>> {
  const { plan, context } = start;
  const program = await findComposeProgram(context);
  if (!program.ok) return program;
  const listed = await listContainers(program.value, plan, context);
  if (!listed.ok) return listed;
  const { engine } = program.value;
  const running = listed.value.filter(isRunning);
  const present = running.find(isContainerOf(plan));
  if (present !== undefined) return ok({ state: 'up', engine, id: present.id, begun: [] });
  const before = running.map(({ id }) => id);
  const failure = await up(program.value, start, before);
  if (failure !== null) return err(failure);
  const after = await listContainers(program.value, plan, context);
  if (!after.ok) return after;
  const own = after.value.find(isContainerOf(plan));
  if (own === undefined) {
    const command = composeWords(program.value, plan, ['ps']).join(' ');
    return err({ reason: 'compose-failed', command, exit: { code: 0, signal: null }, lastLines: [] });
  }
  const others = begunSince(before, after.value).filter(({ id }) => id !== own.id);
  return ok({ state: 'up', engine, id: own.id, begun: [{ id: own.id, startedAt: own.startedAt }, ...others] });
}

function isContainerOf(plan: ContainerPlan): (state: ContainerState) => boolean {
  return ({ service }) => service === plan.service;
}

async function up(
  program: ComposeProgram,
  { plan, context, log, onUp }: ContainerStart,
  before: readonly string[],
): Promise<EngineFailure | null> {
  const [file = '', ...args] = composeWords(program, plan, ['up', '--detach', plan.service]);
  const command = [file, ...args].join(' ');
  onUp(command, before);
  const outcome = await runCommand({ ...context, command: { kind: 'direct', file, args }, output: 'log', log });
  if (outcome.code === 0) return null;
  const exit = { code: outcome.code, signal: outcome.signal };
  return (await engineFailure(program, context)) ?? { reason: 'compose-failed', command, exit, lastLines: [] };
}
