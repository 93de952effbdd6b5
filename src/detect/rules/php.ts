import type { Candidate, FoundPort, Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { readCommand } from '../commands/read-command.ts';
import { isAside } from '../repository/aside.ts';
import { lineAt, lineOf } from '../repository/find-line.ts';
import { at, entriesOf, loadJson, textsOf } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntry } from '../source/env-files.ts';
import type { Route } from '../source/route.ts';
import { stripComments } from '../source/strip-comments.ts';
import { isServing } from './choose-scripts.ts';
import { launchCandidate } from './launch-candidate.ts';
import { proposeBackend } from './propose.ts';

/** Laravel, Symfony and plain PHP applications, and what composer's own `dev` script starts beside them. */
export const phpRule: Rule = (repository) => {
  const directories = [
    ...new Set(
      [...repository.files]
        .filter((file) => ['composer.json', 'artisan'].includes(baseName(file)) && !isAside(parentOf(file)))
        .map(parentOf),
    ),
  ];
  return directories.flatMap((directory) => [
    ...application(repository, directory),
    ...composerScripts(repository, directory),
  ]);
};

function application(repository: Repository, directory: string): readonly Candidate[] {
  const required = new Set(
    entriesOf(at(loadJson(repository, joinPath(directory, 'composer.json')), 'require')).map(([name]) => name),
  );
  if (repository.has(joinPath(directory, 'artisan'))) return [laravel(repository, directory)];
  if (required.has('symfony/framework-bundle'))
    return [
      phpCandidate(
        repository,
        directory,
        'symfony',
        'symfony server:start --no-tls --port=$PORT',
        'symfony server:start',
      ),
    ];
  const index = ['public/index.php', 'web/index.php', 'index.php']
    .map((name) => joinPath(directory, name))
    .find((file) => repository.has(file));
  if (
    index === undefined ||
    (entriesOf(at(loadJson(repository, joinPath(directory, 'composer.json')), 'autoload')).length === 0 &&
      required.size === 0)
  )
    return [];
  const folder =
    baseName(parentOf(index)) === 'index.php' || parentOf(index) === directory
      ? ''
      : ` -t ${baseName(parentOf(index))}`;
  return [
    phpCandidate(repository, directory, 'php', `php -S localhost:$PORT${folder}`, `php -S localhost:8000${folder}`),
  ];
}

function laravel(repository: Repository, directory: string): Candidate {
  const bootstrap = joinPath(directory, 'bootstrap/app.php');
  const text = stripComments(repository.text(bootstrap) ?? '', 'slashes-and-hash');
  const health = /\bhealth:\s*['"]([^'"]+)['"]/.exec(text);
  const route: readonly Route[] =
    health === null ? [] : [{ path: health[1] ?? '/up', file: bootstrap, line: lineAt(text, health.index) }];
  const entry = envEntry(repository, directory, 'SERVER_PORT');
  const set = portNumber(entry?.value);
  const candidate = phpCandidate(
    repository,
    directory,
    'laravel',
    'php artisan serve --port=$PORT --tries=0',
    'php artisan serve',
  );
  const port =
    entry !== undefined && set !== null
      ? { port: set, portSource: `${entry.file}:${entry.line}`, portRank: 3 as const }
      : {};
  const [found] = route;
  return {
    ...candidate,
    ...port,
    ...(found === undefined ? {} : { health: found.path, healthSource: 'declared' as const }),
    confidence: 0.95,
    evidence: [
      { file: joinPath(directory, 'artisan'), line: null, says: 'is the command of a Laravel application' },
      ...route.map((declared) => ({
        file: declared.file,
        line: declared.line,
        says: `answers on \`${declared.path}\``,
      })),
    ],
  };
}

function phpCandidate(
  repository: Repository,
  directory: string,
  framework: string,
  command: string,
  developerCommand: string,
): Candidate {
  const port: FoundPort | undefined = undefined;
  return proposeBackend({
    cwd: directory,
    home: directory,
    ecosystem: 'php',
    framework,
    command,
    developerCommand,
    port,
    defaultPort: 8000,
    routes: [],
    confidence: framework === 'php' ? 0.6 : 0.85,
    evidence: [
      {
        file: joinPath(directory, 'composer.json'),
        line: lineOf(repository, joinPath(directory, 'composer.json'), `"require"`),
        says: `describes a ${framework} project`,
      },
    ],
  });
}

/** What `composer run dev` starts: Laravel's skeleton runs the server, queue, logs and Vite together. */
function composerScripts(repository: Repository, directory: string): readonly Candidate[] {
  const file = joinPath(directory, 'composer.json');
  const scripts = at(loadJson(repository, file), 'scripts');
  const name = ['dev', 'start', 'serve'].find((candidate) => at(scripts, candidate) !== undefined);
  if (name === undefined) return [];
  const line = lineOf(repository, file, `"${name}"`);
  return textsOf(at(scripts, name)).flatMap((text) =>
    readCommand(repository, {
      text: text.replace(/^@php\b/, 'php').replace(/^@composer\b.*/, ''),
      cwd: directory,
      file,
      line,
    })
      .filter((launch) => isServing(repository, launch))
      .flatMap((launch) => launchCandidate(repository, launch) ?? []),
  );
}
