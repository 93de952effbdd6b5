import { dockerfileCommands } from '../manifests/dockerfile.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { processLines } from '../manifests/procfile.ts';
import { tasksIn } from '../manifests/tasks.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntries } from '../source/env-files.ts';
import { documentedCommands } from '../source/readme-commands.ts';

/** A command line somewhere in the repository and the directory it is meant for, the strongest first. */
export interface WrittenCommand {
  readonly text: string;
  readonly cwd: string;
  readonly file: string;
  readonly line: number | null;
  /** Documentation is believed about the command, not about how it is deployed. */
  readonly source: 'procfile' | 'script' | 'task' | 'readme' | 'dockerfile' | 'env';
  /** What the script or task that it stands in is called. */
  readonly name?: string;
  /** What its task is given. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Every command line that could be about code in a directory: Procfiles, scripts, tasks, documents, Dockerfiles,
 * upwards to the root.
 */
export function commandLines(repository: Repository, directory: string): readonly WrittenCommand[] {
  return repository.remember(`lines:${directory}`, () =>
    upwardsFrom(directory).flatMap((place): readonly WrittenCommand[] => [
      ...['Procfile.dev', 'Procfile.local'].flatMap((name) => procfile(repository, joinPath(place, name), place)),
      ...scripts(repository, place),
      ...tasks(repository, place),
      ...documentedCommands(repository, place).map((command) => ({ ...command, source: 'readme' as const })),
      ...procfile(repository, joinPath(place, 'Procfile'), place),
      ...dockerfileCommands(repository, joinPath(place, 'Dockerfile')).map((command) => ({
        ...command,
        cwd: place,
        source: 'dockerfile' as const,
      })),
      ...envEntries(repository, place)
        .filter((entry) => entry.name === 'FLASK_APP')
        .map((entry) => ({
          text: entry.value,
          cwd: place,
          file: entry.file,
          line: entry.line,
          source: 'env' as const,
        })),
    ]),
  );
}

function procfile(repository: Repository, file: string, cwd: string): readonly WrittenCommand[] {
  return processLines(repository, file).map(({ text, line }) => ({ text, cwd, file, line, source: 'procfile' }));
}

function scripts(repository: Repository, cwd: string): readonly WrittenCommand[] {
  const manifest = readPackageJson(repository, cwd);
  return Object.entries(manifest?.scripts ?? {}).map(([name, text]) => ({
    text,
    name,
    cwd,
    file: manifest?.file ?? '',
    line: null,
    source: 'script',
  }));
}

function tasks(repository: Repository, directory: string): readonly WrittenCommand[] {
  return tasksIn({ repository, directory }).flatMap(({ name, commands, env, cwd, file, line }) =>
    commands.map((text) => ({ text, name, env, cwd, file, line, source: 'task' as const })),
  );
}
