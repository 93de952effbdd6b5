import { type Candidate, defaultPort, type FoundPort, type Rule } from '../candidate.ts';
import { pythonFramework } from '../frameworks/python-frameworks.ts';
import { gemsOf } from '../manifests/gemfile.ts';
import { pythonRunner } from '../manifests/python-runner.ts';
import { filesCalled } from '../repository/files-called.ts';
import { lineOf } from '../repository/find-line.ts';
import { asNumber, at, loadToml, loadYaml } from '../repository/load-data.ts';
import { baseName, joinPath, parentOf } from '../repository/paths.ts';
import { placeText } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { ROOT_PAGE } from './found-health.ts';
import { propose } from './propose.ts';

interface Generator {
  readonly framework: string;
  readonly port: FoundPort;
  readonly developerCommand: string;
  /** What the config's command has beside the developer's. */
  readonly portArguments: string;
  /** What stands before the program in the config, where that differs from what developers type. */
  readonly command?: string;
}

const HUGO: Generator = {
  framework: 'hugo',
  port: defaultPort(1313),
  developerCommand: 'hugo server',
  portArguments: '--port $PORT',
};
const ZOLA: Generator = {
  framework: 'zola',
  port: defaultPort(1111),
  developerCommand: 'zola serve',
  portArguments: '--port $PORT',
};
const JEKYLL: Generator = {
  framework: 'jekyll',
  port: defaultPort(4000),
  developerCommand: 'bundle exec jekyll serve',
  portArguments: '--port $PORT',
};

const CONFIG = /^(hugo\.(toml|ya?ml|json)|config\.(toml|ya?ml)|_config\.yml|mkdocs\.yml)$/;

/** Hugo, Zola, Jekyll and MkDocs sites, by their configuration's own keys. */
export const staticSiteRule: Rule = (repository) =>
  filesCalled(repository, CONFIG).flatMap((file) => {
    const generator = isTheme(repository, parentOf(file)) ? undefined : generatorOf(repository, file);
    return generator === undefined ? [] : [siteCandidate(file, generator)];
  });

/** What lies in `themes/` of a site that Hugo or Zola makes is a part of that one, with a configuration of its own. */
function isTheme(repository: Repository, directory: string): boolean {
  const site = /^(.*?)(?:^|\/)themes(?:\/|$)/.exec(directory)?.[1];
  if (site === undefined) return false;
  const configs = repository.filesIn(joinPath(site, '.')).filter((name) => CONFIG.test(name));
  return configs.some((file) => generatorOf(repository, joinPath(site, file)) !== undefined);
}

function generatorOf(repository: Repository, file: string): Generator | undefined {
  const name = baseName(file);
  const directory = parentOf(file);
  if (name.startsWith('hugo.')) return /(^|\/)config\/_default$/.test(directory) ? undefined : HUGO;
  if (name === '_config.yml') return jekyll(repository, file);
  if (name === 'mkdocs.yml') return mkdocs(repository, directory);
  if (!repository.directories.includes(joinPath(directory, 'content'))) return undefined;
  const data = name.endsWith('.toml') ? loadToml(repository, file) : loadYaml(repository, file);
  if (at(data, 'base_url') !== undefined) return ZOLA;
  return (at(data, 'baseURL') ?? at(data, 'baseurl')) === undefined ? undefined : HUGO;
}

/** A Gemfile that asks for Jekyll, or brings it with what GitHub builds; without one, posts or layouts of its own. */
function jekyll(repository: Repository, file: string): Generator | undefined {
  const directory = parentOf(file);
  const gems = gemsOf(repository, directory);
  const site = { ...JEKYLL, port: jekyllPort(repository, file) };
  if (gems.has('jekyll') || gems.has('github-pages')) return site;
  const isSite = ['_posts', '_layouts'].some((name) => repository.directories.includes(joinPath(directory, name)));
  return gems.size === 0 && isSite ? { ...site, developerCommand: 'jekyll serve' } : undefined;
}

/** Source: Jekyll's documentation, "Serve command options". */
function jekyllPort(repository: Repository, file: string): FoundPort {
  const port = asNumber(at(loadYaml(repository, file), 'port'));
  if (port === undefined) return JEKYLL.port;
  return { port, source: placeText(file, lineOf(repository, file, /^port:/m)), rank: 3, variable: null };
}

/** Documentation counts as a site of its own only where there is no program that it could be about. */
function mkdocs(repository: Repository, directory: string): Generator | undefined {
  const isAlone = [...repository.files].every((path) => !/\.(py|js|ts|go|rb|rs|java|php)$/.test(path));
  if (directory !== '.' || !isAlone) return undefined;
  const { name, port, program } = pythonFramework('mkdocs');
  const { python, prefix } = pythonRunner(repository, directory);
  return {
    framework: name,
    port: defaultPort(port),
    command: `${python} -m mkdocs serve`,
    developerCommand: `${prefix}mkdocs serve`,
    portArguments: program?.portArguments ?? '',
  };
}

function siteCandidate(file: string, generator: Generator): Candidate {
  const { framework, developerCommand, portArguments, command = developerCommand } = generator;
  return propose({
    cwd: parentOf(file),
    ecosystem: 'other',
    framework,
    kind: 'frontend',
    command: `${command} ${portArguments}`,
    developerCommand,
    port: generator.port,
    health: ROOT_PAGE,
    confidence: 0.8,
    evidence: [{ file, line: null, says: `configures a ${framework} site` }],
  });
}
