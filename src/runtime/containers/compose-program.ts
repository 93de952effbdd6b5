import { err, ok, type Result } from '../../base/result.ts';
import type { ContainerPlan } from '../../plan/plan.ts';
import type { ContainerEngine } from '../state/container-run.ts';
import type { Failure } from '../state/lifecycle.ts';
import { askEngine, type EngineContext } from './engine-call.ts';

/** A program that understands compose files, and the one that answers for the containers that it makes. */
export interface ComposeProgram {
  readonly words: readonly string[];
  readonly engine: ContainerEngine;
}

export type EngineFailure = Extract<
  Failure,
  { reason: 'compose-missing' | 'engine-down' | 'compose-failed' | 'compose-file-unreadable' }
>;

const PROGRAMS: readonly ComposeProgram[] = [
  { words: ['docker', 'compose'], engine: 'docker' },
  { words: ['docker-compose'], engine: 'docker' },
  { words: ['podman', 'compose'], engine: 'podman' },
];

/** By the PATH in which it was found; what is installed meanwhile is looked for again, what was found is kept. */
const found = new Map<string, ComposeProgram>();

/** The first of `docker compose`, `docker-compose` and `podman compose` that is installed. */
export async function findComposeProgram(context: EngineContext): Promise<Result<ComposeProgram, EngineFailure>> {
  const path = context.environment.PATH ?? '';
  const known = found.get(path);
  if (known !== undefined) return ok(known);
  for (const program of PROGRAMS) {
    const { code } = await askEngine([...program.words, 'version'], context);
    if (code !== 0) continue;
    found.set(path, program);
    return ok(program);
  }
  return err({ reason: 'compose-missing' });
}

/** The words of a compose command on the files of a service. */
export function composeWords(program: ComposeProgram, { files }: ContainerPlan, rest: readonly string[]): string[] {
  return [...program.words, ...files.flatMap((file) => ['-f', file]), ...rest];
}

/** Why a compose command failed: most often its engine is not running. `null`: the engine answers. */
export async function engineFailure({ engine }: ComposeProgram, context: EngineContext): Promise<EngineFailure | null> {
  const { code, output } = await askEngine([engine, 'version', '--format', '{{.Server.Version}}'], context);
  if (code === 0) return null;
  const [message = ''] = output.split('\n').filter((line) => /\S/.test(line) && !/^[\d.]+$/.test(line));
  return { reason: 'engine-down', engine, message: message.trim() };
}
