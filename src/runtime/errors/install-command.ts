import { join } from 'node:path';
import { upwards } from '../../platform/upwards.ts';

export interface Installation {
  /** Where the command runs. */
  readonly folder: string;
  readonly command: string;
}

/** In the order that counts when there are several. */
const NODE_LOCKS: Readonly<Record<string, string>> = {
  'bun.lock': 'bun install',
  'bun.lockb': 'bun install',
  'pnpm-lock.yaml': 'pnpm install',
  'yarn.lock': 'yarn install',
  'package-lock.json': 'npm install',
};
const PYTHON_MANIFESTS: Readonly<Record<string, string>> = {
  'uv.lock': 'uv sync',
  'poetry.lock': 'poetry install',
  'Pipfile.lock': 'pipenv install',
  'requirements.txt': 'pip install -r requirements.txt',
  'pyproject.toml': 'pip install -e .',
};
const ENVIRONMENTS: readonly string[] = ['.venv', 'venv'];

/** Where a project is searched: from a folder of it upwards. */
export interface SearchedFolder {
  readonly folder: string;
  readonly root: string;
  /** Whether there is such a file. */
  exists(path: string): boolean;
}

/** What installs the packages of a folder, by the lock file in it or above. */
export function nodeInstallation({ folder, root, exists }: SearchedFolder): Installation {
  return firstOf(NODE_LOCKS, { folder, root, exists }) ?? { folder, command: 'npm install' };
}

/** What installs the modules of a folder, into the virtual environment that it has; `null`: it names none. */
export function pythonInstallation(search: SearchedFolder): Installation | null {
  const found = firstOf(PYTHON_MANIFESTS, search);
  if (found === null || !found.command.startsWith('pip ')) return found;
  const environment = ENVIRONMENTS.find((name) => search.exists(join(found.folder, name, 'bin/pip')));
  return environment === undefined ? found : { ...found, command: `${environment}/bin/${found.command}` };
}

function firstOf(
  commands: Readonly<Record<string, string>>,
  { folder, root, exists }: SearchedFolder,
): Installation | null {
  for (const above of upwards(folder, root)) {
    const file = Object.keys(commands).find((name) => exists(join(above, name)));
    if (file !== undefined) return { folder: above, command: commands[file] ?? '' };
  }
  return null;
}
