import type { ContainerRun } from '../state/container-run.ts';
import type { LeftProcess } from '../state/lifecycle.ts';
import { askEngine, type EngineContext } from './engine-call.ts';
import { isStillBegun } from './judge-container.ts';
import { inspectContainers } from './list-containers.ts';

export interface ContainerStop {
  readonly run: ContainerRun;
  readonly context: EngineContext;
  /** From the polite signal to SIGKILL; 0: SIGKILL at once. */
  readonly graceMs: number;
}

/** The engine needs a moment of its own beside the grace period. */
const SLACK_MS = 20_000;

/**
 * Stops what was started for a run, by identifier and proven to be the same still: containers that a person started,
 * before or since, are left alone. Gives what runs on all the same, and what may, where the engine does not answer.
 */
export async function stopContainer({ run, context, graceMs }: ContainerStop): Promise<readonly LeftProcess[]> {
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

function unknown({ engine, begun }: ContainerRun): readonly LeftProcess[] {
  return begun.map(({ id }) => ({ pid: 0, command: `container ${id.slice(0, 12)}, of which ${engine} does not tell` }));
}

async function ourContainers({ engine, begun }: ContainerRun, context: EngineContext) {
  if (begun.length === 0) return [];
  const ids = begun.map(({ id }) => id);
  const states = await inspectContainers(engine, ids, context);
  return states?.filter((state) => isStillBegun(state, begun)) ?? null;
}
