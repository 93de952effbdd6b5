import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isLiving, killQuietly } from './processes.ts';
import { createProject, type Project } from './project.ts';
import { run } from './run.ts';

/** What a compose file would say of a service, as `programs/docker.mjs` reads it. */
export interface FakeService {
  readonly port?: number;
  readonly image?: string;
  /** The port inside the container; 80. */
  readonly inner?: number;
  readonly missing?: true;
  readonly needs?: readonly string[];
  readonly health?: string;
  readonly exec?: number;
  /** To bring it up takes until there is a file `engine/pulled`. */
  readonly pulls?: true;
}

/** A project whose `docker` is a program on files. */
export interface EngineProject {
  readonly project: Project;
  /** `docker ARGS`, as a person types it. */
  readonly docker: (...args: readonly string[]) => Promise<string>;
  /** Changes what the compose file says of a service. */
  readonly define: (name: string, service: FakeService) => void;
  /** Id of the service's container; `undefined`: none was made. */
  readonly idOf: (name: string) => string | undefined;
  readonly isUp: (name: string) => boolean;
  /** Every command line that `docker` was given so far. */
  readonly calls: () => readonly string[];
}

const WRAPPER =
  '#!/bin/sh\nFAKE_ENGINE="$RIG_ENGINE" FAKE_NAME="$0" exec node "$RIG_ENGINE/../programs/docker.mjs" "$@"\n';

/** Creates it for the current test; its containers end with it. */
export async function createEngineProject(
  files: Readonly<Record<string, string>>,
  services: Readonly<Record<string, FakeService>>,
  programs: readonly string[] = ['docker'],
): Promise<EngineProject> {
  const created = await createProject({ files, generated: true });
  const engine = join(created.root, 'engine');
  const environment = { RIG_ENGINE: engine, PATH: `${join(created.root, 'bin')}:${created.environment.PATH}` };
  const project: Project = {
    ...created,
    environment: { ...created.environment, ...environment },
    dev: (args, options = {}) =>
      created.dev(args, { ...options, environment: { ...environment, ...options.environment } }),
  };
  for (const name of programs) project.write(`bin/${name}`, WRAPPER, 0o755);
  const define = (name: string, service: FakeService): void =>
    project.write(`engine/services/${name}.json`, JSON.stringify(service));
  for (const [name, service] of Object.entries(services)) define(name, service);
  const containers = (): readonly { readonly id: string; readonly service: string; readonly pid: number }[] => {
    try {
      return readdirSync(join(engine, 'containers'))
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(engine, 'containers', name), 'utf8')));
    } catch {
      return []; // None was made yet.
    }
  };
  onTestFinished(() => {
    for (const { pid } of containers()) if (pid !== 0) killQuietly(pid);
  });
  const docker = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(join(created.root, 'bin/docker'), args, {
      cwd: created.root,
      environment: { ...created.environment, ...environment },
    });
    return stdout;
  };
  const of = (name: string) => containers().find(({ service }) => service === name);
  return {
    project,
    docker,
    define,
    idOf: (name) => of(name)?.id,
    isUp: (name) => isLiving(of(name)?.pid ?? 0),
    calls: () => readFileSync(join(engine, 'calls.log'), 'utf8').trim().split('\n'),
  };
}
