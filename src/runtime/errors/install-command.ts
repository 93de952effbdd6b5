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
  'pnpm-workspace.yaml': 'pnpm install',
  'yarn.lock': 'yarn install',
  '.yarnrc.yml': 'yarn install',
  'package-lock.json': 'npm install',
  'npm-shrinkwrap.json': 'npm install',
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

export interface ReadFolder extends SearchedFolder {
  /** The text of a file; `undefined`: there is none, or none for us. */
  read(path: string): string | undefined;
}

/** What installs the packages of a folder: the nearest word about that, in it or above. */
export function nodeInstallation(search: ReadFolder): Installation {
  const manager = (above: string): string | undefined => {
    const written = search.read(join(above, 'package.json')) ?? '';
    const named = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(written)?.[1];
    const isWorkspace = above !== search.folder && /"workspaces"\s*:/.test(written);
    return named === undefined
      ? (manifestCommand(NODE_LOCKS, above, search) ?? (isWorkspace ? 'npm install' : undefined))
      : `${named} install`;
  };
  return firstOf(manager, search) ?? { folder: search.folder, command: 'npm install' };
}

/** What installs a package that code of the folder asks for: where no manifest names it, it is added there. */
export function packageInstallation(search: ReadFolder, name: string): Installation {
  const install = nodeInstallation(search);
  const manifests = upwards(search.folder, search.root).flatMap(
    (above) => search.read(join(above, 'package.json')) ?? [],
  );
  if (manifests.length === 0 || manifests.some((text) => text.includes(`"${name}"`))) return install;
  const { command } = install;
  const adding = command === 'npm install' ? `npm install ${name}` : command.replace(/ install$/, ` add ${name}`);
  return { folder: search.folder, command: adding };
}

/**
 * What installs the modules of a folder, into its virtual environment, which is made if it has none; where no manifest
 * names them, the one of that name.
 */
export function pythonInstallation(search: SearchedFolder, module: string): Installation {
  const found = firstOf((above) => manifestCommand(PYTHON_MANIFESTS, above, search), search);
  const { folder, command } = found ?? { folder: search.folder, command: `pip install ${module}` };
  if (!command.startsWith('pip ')) return { folder, command };
  const environment = ENVIRONMENTS.find((name) => search.exists(join(folder, name, 'bin/pip')));
  if (environment !== undefined) return { folder, command: `${environment}/bin/${command}` };
  return { folder, command: `python3 -m venv .venv && .venv/bin/${command}` };
}

function manifestCommand(
  commands: Readonly<Record<string, string>>,
  folder: string,
  { exists }: SearchedFolder,
): string | undefined {
  const file = Object.keys(commands).find((name) => exists(join(folder, name)));
  return file === undefined ? undefined : commands[file];
}

function firstOf(
  commandOf: (folder: string) => string | undefined,
  { folder, root }: SearchedFolder,
): Installation | null {
  for (const above of upwards(folder, root)) {
    const command = commandOf(above);
    if (command !== undefined) return { folder: above, command };
  }
  return null;
}
