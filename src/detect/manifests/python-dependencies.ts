import { asList, asText, at, entriesOf, loadToml, loadYaml, textsOf } from '../repository/load-data.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** A requirement of a Python project. */
export interface PythonRequirement {
  /** Normalised as PEP 503 demands: lower case, `-` between words. */
  readonly name: string;
  readonly extras: readonly string[];
  /** The version specifier as written; empty for any. */
  readonly specifier: string;
  readonly file: string;
}

const REQUIREMENT_FILE =
  /^(?:.*requirements?.*|requirments|dev|base|common|local|prod|production|development)\.(?:txt|in)$/i;

/** The requirements of the nearest directory upwards that declares any, with that directory. */
export function pythonProject(
  repository: Repository,
  directory: string,
): { directory: string; requirements: readonly PythonRequirement[] } | undefined {
  for (const above of upwardsFrom(directory)) {
    const requirements = requirementsIn(repository, above);
    if (requirements.length > 0 || repository.has(joinPath(above, 'pyproject.toml')))
      return { directory: above, requirements };
  }
  return undefined;
}

/** The requirement of this name for code in this directory, or `undefined`. */
export function pythonRequirement(
  repository: Repository,
  directory: string,
  name: string,
): PythonRequirement | undefined {
  for (const above of upwardsFrom(directory)) {
    const found = requirementsIn(repository, above).find((requirement) => requirement.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Everything that the manifests directly in a directory require. */
function requirementsIn(repository: Repository, directory: string): readonly PythonRequirement[] {
  return repository.remember(`python:${directory}`, () => [
    ...requirementFiles(repository, directory).flatMap((file) => fromRequirements(repository, file)),
    ...fromPyproject(repository, joinPath(directory, 'pyproject.toml')),
    ...fromPipfile(repository, joinPath(directory, 'Pipfile')),
    ...fromSetup(repository, joinPath(directory, 'setup.py')),
    ...fromSetup(repository, joinPath(directory, 'setup.cfg')),
    ...repository
      .filesIn(directory)
      .filter((name) => /^(?:environment|conda|env)[\w.-]*\.ya?ml$/.test(name))
      .flatMap((name) => fromConda(repository, joinPath(directory, name))),
  ]);
}

function requirementFiles(repository: Repository, directory: string): readonly string[] {
  const own = repository.filesIn(directory).filter((name) => /requir/i.test(name) && REQUIREMENT_FILE.test(name));
  const folder = joinPath(directory, 'requirements');
  const inside = repository.filesIn(folder).filter((name) => REQUIREMENT_FILE.test(name));
  return [...own.map((name) => joinPath(directory, name)), ...inside.map((name) => joinPath(folder, name))];
}

function fromRequirements(repository: Repository, file: string): readonly PythonRequirement[] {
  return (repository.text(file) ?? '')
    .split('\n')
    .flatMap((line) => parseRequirement(line.replace(/(^|\s)#.*$/, ''), file) ?? []);
}

/** Source: PEP 508. */
function parseRequirement(text: string, file: string): PythonRequirement | undefined {
  const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*(.*?)(?:;.*)?$/.exec(text);
  if (match === null) return undefined;
  const [, name = '', extras = '', specifier = ''] = match;
  return {
    name: name.toLowerCase().replace(/[-_.]+/g, '-'),
    extras: extras
      .split(',')
      .map((extra) => extra.trim())
      .filter(Boolean),
    specifier: specifier.replace(/[()]/g, '').trim(),
    file,
  };
}

function fromPyproject(repository: Repository, file: string): readonly PythonRequirement[] {
  const data = loadToml(repository, file);
  const listed = [
    at(data, 'project', 'dependencies'),
    ...entriesOf(at(data, 'project', 'optional-dependencies')).map(([, list]) => list),
    ...entriesOf(at(data, 'dependency-groups')).map(([, list]) => list),
    at(data, 'tool', 'uv', 'dev-dependencies'),
    ...entriesOf(at(data, 'tool', 'pdm', 'dev-dependencies')).map(([, list]) => list),
  ];
  const poetry = at(data, 'tool', 'poetry');
  const tables = [
    at(poetry, 'dependencies'),
    at(poetry, 'dev-dependencies'),
    ...entriesOf(at(poetry, 'group')).map(([, group]) => at(group, 'dependencies')),
  ];
  return [
    ...listed.flatMap(textsOf).flatMap((text) => parseRequirement(text, file) ?? []),
    ...tables.flatMap((table) => fromTable(table, file)),
  ];
}

function fromPipfile(repository: Repository, file: string): readonly PythonRequirement[] {
  const data = loadToml(repository, file);
  return [at(data, 'packages'), at(data, 'dev-packages')].flatMap((table) => fromTable(table, file));
}

function fromTable(table: unknown, file: string): readonly PythonRequirement[] {
  return entriesOf(table).map(([name, value]) => ({
    name: name.toLowerCase().replace(/[-_.]+/g, '-'),
    extras: textsOf(at(value, 'extras')),
    specifier: asText(value) ?? asText(at(value, 'version')) ?? '',
    file,
  }));
}

/** setup.py is code: only the texts of its `install_requires` are read. */
function fromSetup(repository: Repository, file: string): readonly PythonRequirement[] {
  const text = repository.text(file) ?? '';
  const list = /install_requires\s*=\s*\[([^\]]*)\]/.exec(text)?.[1];
  if (list !== undefined)
    return [...list.matchAll(/["']([^"']+)["']/g)].flatMap((match) => parseRequirement(match[1] ?? '', file) ?? []);
  const section = /^install_requires\s*=\s*\n((?:[ \t]+.*\n?)*)/m.exec(text)?.[1] ?? '';
  return section.split('\n').flatMap((line) => parseRequirement(line, file) ?? []);
}

function fromConda(repository: Repository, file: string): readonly PythonRequirement[] {
  return asList(at(loadYaml(repository, file), 'dependencies'))
    .flatMap((item) => (typeof item === 'string' ? [item] : textsOf(at(item, 'pip'))))
    .flatMap((text) => parseRequirement(text.replace(/^[\w-]+::/, ''), file) ?? []);
}
