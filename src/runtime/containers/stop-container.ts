import { statSync } from 'node:fs';
import type { ContainerPlan } from '../../plan/plan.ts';
import type { ComingContainer, ContainerRun, UpContainer } from '../state/container-run.ts';
import type { LeftProcess } from '../state/lifecycle.ts';
import { begunSince } from './begun-since.ts';
import { findComposeProgram } from './compose-program.ts';
import { askEngine, type EngineContext } from './engine-call.ts';
import { isStillBegun } from './judge-container.ts';
import { inspectContainers, listContainers } from './list-containers.ts';

export interface ContainerStop {
  readonly run: ContainerRun;
  readonly plan: ContainerPlan;
  /** Without a signal: a stop is not cancelled. */
  readonly context: Omit<EngineContext, 'signal'>;
  /** From the polite signal to SIGKILL; 0: SIGKILL at once. */
  readonly graceMs: number;
}

/** The engine needs a moment of its own beside the grace period. */
const SLACK_MS = 20_000;
/** A container may start so long after compose last wrote of it. */
const SILENCE_MS = 30_000;

/**
 * Stops what was started for a run, by identifier and proven to be the same still: containers that a person started,
 * before or since, are left alone. Gives what runs on all the same, and what may, where the engine does not answer.
 */
export async function stopContainer(stop: ContainerStop): Promise<readonly LeftProcess[]> {
  const { run, plan } = stop;
  if (run.state === 'up') return stopBegun(run, stop);
  const begun = await begunWhileComing(run, stop);
  if (begun !== null) return stopBegun(begun, stop);
  return [{ pid: 0, command: `what compose may have begun for \`${plan.service}\`, of which it does not tell` }];
}

async function stopBegun(run: Begun, { context, graceMs }: ContainerStop): Promise<readonly LeftProcess[]> {
  const { engine, begun } = run;
  const ours = await ourContainers(run, context);
  if (ours === null) return unknown(run);
  // The service's own goes first, because it needs the others.
  for (const { id } of begun) {
    if (!ours.some((each) => each.id === id)) continue;
    const seconds = Math.ceil(graceMs / 1000);
    const words = graceMs === 0 ? ['kill', id] : ['stop', '--time', String(seconds), id];
    await askEngine([engine, ...words], context, graceMs + SLACK_MS);
  }
  const left = await ourContainers(run, context);
  return left === null ? unknown(run) : left.map(({ pid, name }) => ({ pid, command: `container ${name}` }));
}

type Begun = Pick<UpContainer, 'engine' | 'begun'>;

/** What began while compose, which is at its end now, was at it. `null`: it does not tell. */
async function begunWhileComing(
  { before, log }: ComingContainer,
  { plan, context }: ContainerStop,
): Promise<Begun | null> {
  const program = await findComposeProgram(context);
  const listed = program.ok ? await listContainers(program.value, plan, context) : program;
  if (!program.ok || !listed.ok) return null;
  const untilMs = (statSync(log, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY) + SILENCE_MS;
  const begun = begunSince(before, listed.value).filter(({ startedAt }) => !(Date.parse(startedAt) > untilMs));
  return { engine: program.value.engine, begun };
}

function unknown({ engine, begun }: Begun): readonly LeftProcess[] {
  return begun.map(({ id }) => ({ pid: 0, command: `container ${id.slice(0, 12)}, of which ${engine} does not tell` }));
}

async function ourContainers({ engine, begun }: Begun, context: EngineContext) {
  if (begun.length === 0) return [];
  const ids = begun.map(({ id }) => id);
  const states = await inspectContainers(engine, ids, context);
  return states?.filter((state) => isStillBegun(state, begun)) ?? null;
}
