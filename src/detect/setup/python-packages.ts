import { at, loadToml } from '../repository/load-data.ts';
import { depthOf, joinPath, relativePath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { filesThere, type RunFacts, runDraft, type StepDraft } from './step-draft.ts';

/** The first of these that is there names what developers install. */
const REQUIREMENTS = [
  ...['requirements.txt', 'requirements/dev.txt', 'requirements/development.txt', 'requirements/local.txt'],
  ...['requirements/base.txt', 'requirements-dev.txt', 'requirements_dev.txt', 'dev-requirements.txt'],
];
const ENVIRONMENTS = ['.venv', 'venv'];

/** The installation of what Python code in a folder imports, in a virtual environment that is made where none is. */
export function pythonPackages(repository: Repository, directory: string): readonly StepDraft[] {
  const places = upwardsFrom(directory);
  for (const above of places) {
    const draft = managed(repository, above) ?? required(repository, above);
    if (draft !== undefined) return [inMember(repository, places, draft)];
  }
  const own = places.map((above) => ownPackage(repository, above)).find((draft) => draft !== undefined);
  return own === undefined ? [] : [own];
}

/** uv brings the packages of a workspace's member when it is run there, into the environment of the workspace. */
function inMember(repository: Repository, places: readonly string[], draft: StepDraft): StepDraft {
  const member = places.find((place) => repository.has(joinPath(place, 'pyproject.toml')));
  if (draft.kind !== 'run' || draft.tool !== 'uv' || member === undefined) return draft;
  if (depthOf(member) <= depthOf(draft.directory)) return draft;
  const fromMember = (path: string) => relativePath(member, joinPath(draft.directory, path));
  const inputs = [...draft.inputs.map(fromMember), 'pyproject.toml'];
  return { ...draft, directory: member, inputs, outputs: draft.outputs.map(fromMember) };
}

function managed(repository: Repository, directory: string): StepDraft | undefined {
  const has = (name: string) => repository.has(joinPath(directory, name));
  const tool = at(loadToml(repository, joinPath(directory, 'pyproject.toml')), 'tool');
  const draft = drafter(repository, directory);
  if (has('uv.lock') || at(tool, 'uv') !== undefined) {
    return draft({ tool: 'uv', run: 'uv sync', inputs: ['uv.lock', 'pyproject.toml'], outputs: ['.venv'] });
  }
  if (has('poetry.lock') || at(tool, 'poetry') !== undefined) {
    const isInside = /^in-project\s*=\s*true/m.test(repository.text(joinPath(directory, 'poetry.toml')) ?? '');
    const outputs = isInside ? ['.venv'] : [];
    return draft({ tool: 'poetry', run: 'poetry install', inputs: ['poetry.lock', 'pyproject.toml'], outputs });
  }
  if (has('pdm.lock') || at(tool, 'pdm') !== undefined) {
    return draft({ tool: 'pdm', run: 'pdm install', inputs: ['pdm.lock', 'pyproject.toml'], outputs: ['.venv'] });
  }
  if (has('Pipfile')) {
    return draft({ tool: 'pipenv', run: 'pipenv install --dev', inputs: ['Pipfile.lock', 'Pipfile'], outputs: [] });
  }
  return undefined;
}

function required(repository: Repository, directory: string): StepDraft | undefined {
  const [file] = filesThere({ repository, directory }, REQUIREMENTS);
  return file === undefined ? undefined : withPip(repository, directory, { what: `-r ${file}`, file });
}

/** A package that is installed in place, so that it can be imported as it is edited. */
function ownPackage(repository: Repository, directory: string): StepDraft | undefined {
  const pyproject = loadToml(repository, joinPath(directory, 'pyproject.toml'));
  const file = at(pyproject, 'project') === undefined ? 'setup.py' : 'pyproject.toml';
  if (!repository.has(joinPath(directory, file))) return undefined;
  return withPip(repository, directory, { what: '-e .', file });
}

function withPip(repository: Repository, directory: string, { what, file }: { what: string; file: string }): StepDraft {
  const environment =
    ENVIRONMENTS.find((name) => repository.existsOnDisk(joinPath(directory, name, 'bin/python'))) ?? '.venv';
  const run = `python3 -m venv ${environment} && ${environment}/bin/pip install ${what}`;
  return drafter(repository, directory)({ tool: 'python', run, inputs: [file], outputs: [environment] });
}

function drafter(repository: Repository, directory: string): (facts: Omit<RunFacts, 'says'>) => StepDraft {
  return (facts) => {
    const says = `${facts.tool === 'python' ? 'pip' : facts.tool} installs the packages`;
    return runDraft({ repository, directory }, { ...facts, says });
  };
}
