import { at, loadToml } from '../repository/load-data.ts';
import { joinPath, relativePath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** How Python is started for code in a directory. */
export interface PythonRunner {
  /** Put in front of `-m module` or a file: a virtual environment's own python, or a manager's `run python`. */
  readonly python: string;
  /** What developers put in front of a program of the environment: `uv run `, `poetry run `, or nothing. */
  readonly prefix: string;
  readonly says: string;
  readonly file: string;
}

const ENVIRONMENTS = ['.venv', 'venv', 'env', '.env'];
const INTERPRETERS = ['bin/python', 'bin/python3', 'Scripts/python.exe'];

/**
 * The virtual environment or manager that is nearest upwards. An environment's own python comes before its manager's
 * wrapper:
 * one process fewer, and signals and exit codes reach the server itself.
 */
export function pythonRunner(repository: Repository, directory: string): PythonRunner {
  const manager = pythonManager(repository, directory);
  for (const above of upwardsFrom(directory)) {
    for (const name of ENVIRONMENTS) {
      const interpreter = INTERPRETERS.map((part) => joinPath(above, name, part)).find((path) =>
        repository.existsOnDisk(path),
      );
      if (interpreter === undefined) continue;
      const file = joinPath(above, name);
      return {
        python: relativePath(directory, interpreter),
        prefix: manager?.prefix ?? '',
        says: 'a virtual environment',
        file,
      };
    }
  }
  return manager ?? { python: 'python3', prefix: '', says: 'no virtual environment was found', file: directory };
}

function pythonManager(repository: Repository, directory: string): PythonRunner | undefined {
  for (const above of upwardsFrom(directory)) {
    const has = (name: string): boolean => repository.has(joinPath(above, name));
    const tool = at(loadToml(repository, joinPath(above, 'pyproject.toml')), 'tool');
    if (has('uv.lock') || at(tool, 'uv') !== undefined)
      return managed('uv run ', joinPath(above, has('uv.lock') ? 'uv.lock' : 'pyproject.toml'));
    if (has('poetry.lock') || at(tool, 'poetry') !== undefined)
      return managed('poetry run ', joinPath(above, has('poetry.lock') ? 'poetry.lock' : 'pyproject.toml'));
    if (has('Pipfile')) return managed('pipenv run ', joinPath(above, 'Pipfile'));
    if (has('pdm.lock') || at(tool, 'pdm') !== undefined) return managed('pdm run ', joinPath(above, 'pyproject.toml'));
  }
  return undefined;
}

function managed(prefix: string, file: string): PythonRunner {
  return { python: `${prefix}python`, prefix, says: `${prefix.split(' ')[0]} manages the environment`, file };
}
