import { type Candidate, defaultPort, type Rule } from '../candidate.ts';
import { gemsOf } from '../manifests/gemfile.ts';
import { pythonRunner } from '../manifests/python-runner.ts';
import { isAside } from '../repository/aside.ts';
import { at, loadToml, loadYaml } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

interface Generator {
  readonly framework: string;
  readonly port: number;
  readonly command: string;
  readonly developerCommand: string;
}

/** Hugo, Zola and Jekyll sites, by their configuration's own keys. */
export const staticSiteRule: Rule = (repository) =>
  [...repository.files]
    .filter((file) => !isAside(parentOf(file)))
    .flatMap((file) => {
      const generator = generatorOf(repository, file);
      return generator === undefined ? [] : [siteCandidate(file, generator)];
    });

function generatorOf(repository: Repository, file: string): Generator | undefined {
  const name = baseName(file);
  const directory = parentOf(file);
  const inConfig = /(^|\/)config\/_default$/.test(directory);
  if (/^hugo\.(toml|ya?ml|json)$/.test(name) && !inConfig) return hugo();
  if (/^config\.(toml|ya?ml)$/.test(name)) {
    const data = name.endsWith('.toml') ? loadToml(repository, file) : loadYaml(repository, file);
    const isSite = repository.directories.includes(joinPath(directory, 'content'));
    if (isSite && at(data, 'base_url') !== undefined)
      return { framework: 'zola', port: 1111, command: 'zola serve --port $PORT', developerCommand: 'zola serve' };
    if (isSite && (at(data, 'baseURL') ?? at(data, 'baseurl')) !== undefined) return hugo();
  }
  if (name === '_config.yml' && gemsOf(repository, directory).has('jekyll'))
    return {
      framework: 'jekyll',
      port: 4000,
      command: 'bundle exec jekyll serve --port $PORT',
      developerCommand: 'bundle exec jekyll serve',
    };
  if (
    name === 'mkdocs.yml' &&
    directory === '.' &&
    [...repository.files].every((path) => !/\.(py|js|ts|go|rb|rs|java|php)$/.test(path))
  ) {
    const { python, prefix } = pythonRunner(repository, directory);
    return {
      framework: 'mkdocs',
      port: 8000,
      command: `${python} -m mkdocs serve --dev-addr 127.0.0.1:$PORT`,
      developerCommand: `${prefix}mkdocs serve`,
    };
  }
  return undefined;
}

function hugo(): Generator {
  return { framework: 'hugo', port: 1313, command: 'hugo server --port $PORT', developerCommand: 'hugo server' };
}

function siteCandidate(file: string, { framework, port, command, developerCommand }: Generator): Candidate {
  const { port: number, source, rank } = defaultPort(port);
  return {
    cwd: parentOf(file),
    home: parentOf(file),
    ecosystem: 'other',
    framework,
    kind: 'frontend',
    label: null,
    entry: null,
    command,
    developerCommand,
    port: number,
    portSource: source,
    portRank: rank,
    health: '/',
    healthSource: 'devserver-root',
    confidence: 0.8,
    evidence: [{ file, line: null, says: `configures a ${framework} site` }],
    env: {},
    alternatives: [],
    basis: 'inferred',
  };
}
