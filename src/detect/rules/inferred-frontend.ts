import type { Candidate } from '../candidate.ts';
import { readCommand } from '../commands/read-command.ts';
import { recogniseProgram } from '../commands/recognise-program.ts';
import type { ServerProgram } from '../commands/server-program.ts';
import type { PackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf } from '../manifests/package-manager.ts';
import { tasksIn } from '../manifests/tasks.ts';
import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { inferredLaunch } from './inferred-launch.ts';
import { isNoApplication } from './is-no-application.ts';
import { launchCandidate } from './launch-candidate.ts';
import { programCandidate } from './program-candidate.ts';

/** Package → the command of its dev server; whole frameworks before the tools they are built on. */
const COMMANDS: readonly (readonly [string, string])[] = [
  ['next', 'next dev'],
  ['nuxt', 'nuxt dev'],
  ['astro', 'astro dev'],
  ['@react-router/dev', 'react-router dev'],
  ['gatsby', 'gatsby develop'],
  ['@angular/cli', 'ng serve'],
  ['react-scripts', 'react-scripts start'],
  ['@vue/cli-service', 'vue-cli-service serve'],
  ['vite', 'vite'],
  ['parcel', 'parcel index.html'],
];
const PAGES = ['index.html', 'public/index.html', 'angular.json', 'src/pages', 'pages', 'app', 'src/app'];

/** What a task runner starts the dev server with: `just dev` with `npx vite --port 4000`. */
function startedByTask(place: RepositoryPlace, { framework }: ServerProgram): Candidate | undefined {
  const launches = tasksIn(place).flatMap(({ commands, env, cwd, file, line }) =>
    commands.flatMap((text) => readCommand(place.repository, { text, env, cwd, file, line })),
  );
  const server = launches.find(({ role, program }) => role === 'server' && program?.framework === framework);
  return server === undefined ? undefined : launchCandidate(place.repository, server);
}

/** A front end whose package has the dev server but no script that starts it; pages must be there too. */
export function inferredFrontend(repository: Repository, manifest: PackageJson): readonly Candidate[] {
  const { directory } = manifest;
  const row = COMMANDS.find(([name]) => manifest.dependencies.has(name));
  const exists = (path: string): boolean => repository.has(path) || repository.directories.includes(path);
  if (row === undefined || manifest.isPublished || !PAGES.some((name) => exists(joinPath(directory, name)))) return [];
  if (isNoApplication(repository, directory)) return [];
  const [, command] = row;
  const words = command.split(' ');
  const found = recogniseProgram(words);
  if (found === undefined) return [];
  const task = startedByTask({ repository, directory }, found.program);
  if (task !== undefined) return [task];
  const text = binaryCommand(packageManagerOf(repository, directory), command);
  const launch = inferredLaunch(manifest, { text, words, role: 'server', entry: null });
  return [
    { ...programCandidate(repository, { ...launch, program: found.program }), basis: 'inferred', confidence: 0.6 },
  ];
}
