import type { Candidate, FoundPort, Rule } from '../candidate.ts';
import { portNumber } from '../commands/flags.ts';
import { exposedPorts } from '../manifests/dockerfile.ts';
import { gemsOf } from '../manifests/gemfile.ts';
import { isAside } from '../repository/aside.ts';
import { lineAt, lineOf } from '../repository/find-line.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { blockRoutes } from '../source/block-routes.ts';
import { stripComments } from '../source/strip-comments.ts';
import { proposeBackend } from './propose.ts';

/** Rails applications, and Rack applications (Sinatra, Roda, Grape) with a `config.ru`. */
export const rubyRule: Rule = (repository) => {
  const rails = [...repository.files]
    .filter((file) => /(^|\/)config\/application\.rb$/.test(file) && !isAside(parentOf(file)))
    .map((file) => parentOf(parentOf(file)));
  const rack = [...repository.files]
    .filter((file) => baseName(file) === 'config.ru' && !isAside(parentOf(file)))
    .map(parentOf);
  return [
    ...rails
      .filter((directory) => isRails(repository, directory))
      .map((directory) => railsCandidate(repository, directory)),
    ...rack
      .filter((directory) => !rails.includes(directory))
      .flatMap((directory) => rackCandidate(repository, directory) ?? []),
    ...plainSinatra(repository, rack),
  ];
};

function isRails(repository: Repository, directory: string): boolean {
  return gemsOf(repository, directory).has('rails') || repository.has(joinPath(directory, 'bin/rails'));
}

function railsCandidate(repository: Repository, directory: string): Candidate {
  const puma = joinPath(directory, 'config/puma.rb');
  const routes = blockRoutes(repository, [joinPath(directory, 'config/routes.rb')]);
  const hasRoot = /^\s*root\b/m.test(
    stripComments(repository.text(joinPath(directory, 'config/routes.rb')) ?? '', 'hash'),
  );
  return proposeBackend({
    cwd: directory,
    ecosystem: 'ruby',
    framework: 'rails',
    command: repository.has(joinPath(directory, 'bin/rails'))
      ? 'bin/rails server -p $PORT'
      : 'bundle exec rails server -p $PORT',
    developerCommand: repository.has(joinPath(directory, 'bin/rails'))
      ? 'bin/rails server'
      : 'bundle exec rails server',
    port: portIn(
      repository,
      puma,
      /(?:port\s*\(?\s*ENV(?:\.fetch\(|\[)\s*["']PORT["']\s*(?:,|\)\s*\{|\]\s*\|\|)\s*["']?|^\s*port\s+)(\d{4,5})/m,
    ),
    defaultPort: 3000,
    routes: hasRoot ? [...routes, { path: '/', file: joinPath(directory, 'config/routes.rb'), line: null }] : routes,
    confidence: 0.95,
    evidence: [
      { file: joinPath(directory, 'config/application.rb'), line: null, says: 'configures a Rails application' },
    ],
  });
}

function rackCandidate(repository: Repository, directory: string): Candidate | undefined {
  const gems = gemsOf(repository, directory);
  const framework = ['sinatra', 'roda', 'grape', 'hanami', 'cuba', 'padrino', 'rack'].find((gem) => gems.has(gem));
  if (framework === undefined) return undefined;
  const ru = joinPath(directory, 'config.ru');
  const files = repository.filesBelow(directory).filter((file) => /\.(rb|ru)$/.test(file) && !isAside(parentOf(file)));
  const rackup =
    gems.has('rackup') || gems.has('rack') || !gems.has('puma') ? 'bundle exec rackup' : 'bundle exec rackup';
  return proposeBackend({
    cwd: directory,
    ecosystem: 'ruby',
    framework,
    command: `${rackup} -p $PORT`,
    developerCommand: rackup,
    port: rackPort(repository, directory, files),
    defaultPort: 9292,
    routes: blockRoutes(repository, files),
    confidence: 0.85,
    evidence: [{ file: ru, line: lineOf(repository, ru, /^\s*run\b/m), says: 'starts a Rack application' }],
  });
}

/** Where a Rack application's port is written: puma's configuration, tasks and scripts, then the image's port. */
function rackPort(repository: Repository, directory: string, files: readonly string[]): FoundPort | undefined {
  const puma = portIn(repository, joinPath(directory, 'config/puma.rb'), /^\s*port\s.*?(\d{4,5})/m);
  if (puma !== undefined) return puma;
  const scripts = [
    joinPath(directory, 'Procfile.dev'),
    joinPath(directory, 'Procfile'),
    joinPath(directory, 'Makefile'),
    joinPath(directory, 'Rakefile'),
    ...[...repository.filesBelow(directory)].filter((file) =>
      /\.(rake|task\.rb)$|(^|\/)(bin|tasks|scripts?)\//.test(file),
    ),
    joinPath(directory, '.rspec'),
  ];
  for (const file of [...scripts, joinPath(directory, 'Dockerfile')]) {
    const found = portIn(repository, file, /\b(?:rackup|puma|thin|shotgun)\b[^\n]*?(?:-p|--port)["',=\s]+(\d{4,5})/);
    if (found !== undefined) return found;
  }
  for (const file of files) {
    const found = portIn(repository, file, /\bset\s*\(?\s*:port\s*,\s*(?:ENV.*?)?(\d{4,5})/);
    if (found !== undefined) return found;
  }
  const exposed = exposedPorts(repository, joinPath(directory, 'Dockerfile'))[0];
  return exposed === undefined
    ? undefined
    : { port: exposed, source: joinPath(directory, 'Dockerfile'), rank: 2, variable: null };
}

/** A single Sinatra file that is run directly, without a `config.ru`. */
function plainSinatra(repository: Repository, rack: readonly string[]): readonly Candidate[] {
  return [...repository.files]
    .filter(
      (file) =>
        /(^|\/)(app|server|main|web|api)\.rb$/.test(file) &&
        !isAside(parentOf(file)) &&
        !rack.includes(parentOf(file)) &&
        gemsOf(repository, parentOf(file)).has('sinatra'),
    )
    .flatMap((file) => {
      if (!/^\s*require\s+["']sinatra["']/m.test(stripComments(repository.text(file) ?? '', 'hash'))) return [];
      const directory = parentOf(file);
      const command = `bundle exec ruby ${baseName(file)}`;
      return [
        proposeBackend({
          cwd: directory,
          home: directory,
          ecosystem: 'ruby',
          framework: 'sinatra',
          command: `${command} -p $PORT`,
          developerCommand: command,
          port: portIn(repository, file, /\bset\s*\(?\s*:port\s*,\s*(?:ENV.*?)?(\d{4,5})/),
          defaultPort: 4567,
          routes: blockRoutes(repository, [file]),
          confidence: 0.8,
          evidence: [{ file, line: lineOf(repository, file, 'sinatra'), says: 'is a Sinatra application' }],
        }),
      ];
    });
}

function portIn(repository: Repository, file: string, pattern: RegExp): FoundPort | undefined {
  const text = stripComments(repository.text(file) ?? '', 'hash');
  const match = pattern.exec(text);
  const port = portNumber(match?.[1]);
  return match === null || port === null
    ? undefined
    : { port, source: `${file}:${lineAt(text, match.index)}`, rank: 3, variable: null };
}
