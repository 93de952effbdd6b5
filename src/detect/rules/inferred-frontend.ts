import type { Candidate } from '../candidate.ts';
import { recogniseProgram } from '../commands/recognise-program.ts';
import type { PackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf } from '../manifests/package-manager.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { inferredLaunch } from './inferred-launch.ts';
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

/** A front end whose package has the dev server but no script that starts it; pages must be there too. */
export function inferredFrontend(repository: Repository, manifest: PackageJson): readonly Candidate[] {
  const { directory } = manifest;
  const row = COMMANDS.find(([name]) => manifest.dependencies.has(name));
  const exists = (path: string): boolean => repository.has(path) || repository.directories.includes(path);
  if (row === undefined || manifest.isPublished || !PAGES.some((name) => exists(joinPath(directory, name)))) return [];
  const [, command] = row;
  const words = command.split(' ');
  const found = recogniseProgram(words);
  if (found === undefined) return [];
  const text = binaryCommand(packageManagerOf(repository, directory), command);
  const launch = inferredLaunch(manifest, { text, words, role: 'server', entry: null });
  return [
    { ...programCandidate(repository, { ...launch, program: found.program }), basis: 'inferred', confidence: 0.6 },
  ];
}
