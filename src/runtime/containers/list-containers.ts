import { err, ok, type Result } from '../../base/result.ts';
import type { ContainerPlan } from '../../plan/plan.ts';
import type { ContainerEngine } from '../state/container-run.ts';
import { type ComposeProgram, composeWords, type EngineFailure, engineFailure } from './compose-program.ts';
import { type ContainerState, INSPECT_FORMAT, readContainers } from './container-state.ts';
import { askEngine, type EngineContext } from './engine-call.ts';
import { findUnreadableFile } from './find-unreadable-file.ts';

/** The state of one may hold 20 KB of its health check's output, and of an answer the last 64 KB are kept. */
const AT_ONCE = 3;

/** Every container of the compose project, running or not. */
export async function listContainers(
  program: ComposeProgram,
  plan: ContainerPlan,
  context: EngineContext,
): Promise<Result<readonly ContainerState[], EngineFailure>> {
  const unreadable = findUnreadableFile(plan, context.cwd);
  if (unreadable !== null) return err(unreadable);
  const words = composeWords(program, plan, ['ps', '--all', '--quiet']);
  const { code, signal, output } = await askEngine(words, context);
  const lastLines = output.trimEnd().split('\n').slice(-5);
  const failed = { reason: 'compose-failed', command: words.join(' '), exit: { code, signal }, lastLines } as const;
  if (code !== 0) return err((await engineFailure(program, context)) ?? failed);
  // Its warnings are written among the identifiers.
  const ids = output.split('\n').filter((line) => /^[0-9a-f]{12,64}$/.test(line.trim()));
  const states = await inspectContainers(program.engine, ids, context);
  return states === null ? err((await engineFailure(program, context)) ?? failed) : ok(states);
}

/** What the engine says of these containers now; those that are gone are left out. `null`: it does not answer. */
export async function inspectContainers(
  engine: ContainerEngine,
  ids: readonly string[],
  context: EngineContext,
): Promise<readonly ContainerState[] | null> {
  const groups = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, index) =>
    ids.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
  const answers = await Promise.all(groups.map((group) => inspectGroup(engine, group, context)));
  return answers.includes(null) ? null : answers.flatMap((containers) => containers ?? []);
}

async function inspectGroup(engine: ContainerEngine, ids: readonly string[], context: EngineContext) {
  const words = [engine, 'inspect', '--type', 'container', '--format', INSPECT_FORMAT, ...ids];
  const { code, output } = await askEngine(words, context);
  const containers = readContainers(output);
  const isAnswered = code === 0 || containers.length > 0 || /no such (?:object|container)/i.test(output);
  return isAnswered ? containers : null;
}
