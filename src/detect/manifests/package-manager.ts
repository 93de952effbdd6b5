import { asText, at, loadJson } from '../repository/load-data.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { documentedCommands } from '../source/readme-commands.ts';
import { readPackageJson } from './package-json.ts';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/**
 * In the order that counts within one directory: Bun first, because projects that use it often keep another lock file
 * for others.
 * Source: package-manager-detector's lock table.
 */
const LOCK_FILES: readonly (readonly [string, PackageManager])[] = [
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['.yarnrc.yml', 'yarn'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/**
 * The package manager of a package: the nearest directory upwards that names one or has its lock file; npm otherwise.
 */
export function packageManagerOf(repository: Repository, directory: string): PackageManager {
  for (const above of upwardsFrom(directory)) {
    const named = declaredManager(repository, above);
    if (named !== undefined) return named;
    const locks = LOCK_FILES.filter(([name]) => repository.has(joinPath(above, name))).map(([, manager]) => manager);
    const [first] = locks;
    if (first !== undefined)
      return new Set(locks).size === 1 ? first : (mostWritten(repository, above, locks) ?? first);
  }
  return 'npm';
}

/** Whether the dependencies of a package are locked in its own directory. */
export function hasLockFile(repository: Repository, directory: string): boolean {
  return LOCK_FILES.some(([name]) => name.includes('lock') && repository.has(joinPath(directory, name)));
}

/**
 * Sentences about directories with lock files of several package managers: a frequent mistake that only the user can
 * mend.
 */
export function rivalLockFiles(repository: Repository, directory: string): string | undefined {
  const found = LOCK_FILES.filter(([name]) => name.includes('lock') && repository.has(joinPath(directory, name)));
  if (new Set(found.map(([, manager]) => manager)).size < 2) return undefined;
  const place = directory === '.' ? 'the root' : `\`${directory}\``;
  const names = found.map(([name]) => `\`${name}\``).join(', ');
  return `${names} lie side by side in ${place}; the commands use ${packageManagerOf(repository, directory)}.`;
}

/** Of rival package managers the one that documents and scripts name most often; `undefined` when they name none. */
function mostWritten(
  repository: Repository,
  directory: string,
  rivals: readonly PackageManager[],
): PackageManager | undefined {
  return repository.remember(`manager:${directory}`, () => {
    const scripts = Object.values(readPackageJson(repository, directory)?.scripts ?? {});
    const written = [...documentedCommands(repository, directory).map(({ text }) => text), ...scripts];
    const count = (manager: PackageManager): number =>
      written.filter((text) => new RegExp(`(^|\\s)${manager}\\s+(run|install|i|add|dev|start|[a-z:]+)`).test(text))
        .length;
    const ranked = [...new Set(rivals)].sort((a, b) => count(b) - count(a));
    return ranked[0] !== undefined && count(ranked[0]) > 0 ? ranked[0] : undefined;
  });
}

function declaredManager(repository: Repository, directory: string): PackageManager | undefined {
  const data = loadJson(repository, joinPath(directory, 'package.json'));
  const text = asText(at(data, 'packageManager')) ?? asText(at(data, 'devEngines', 'packageManager', 'name'));
  const name = text?.split('@')[0];
  return name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : undefined;
}

/** How a script of package.json is run. */
export function scriptCommand(manager: PackageManager, script: string): string {
  if (script === 'start' && manager !== 'bun') return `${manager} start`;
  const wordless = manager === 'pnpm' || manager === 'yarn';
  return wordless ? `${manager} ${script}` : `${manager} run ${script}`;
}

/** The same with arguments for what the script runs; only npm needs (and takes away) the `--`. */
export function scriptCommandWith(manager: PackageManager, script: string, extra: string): string {
  const command = scriptCommand(manager, script);
  if (extra === '') return command;
  return manager === 'npm' ? `${command} -- ${extra}` : `${command} ${extra}`;
}

/** How a program of the package's own dependencies is run. */
export function binaryCommand(manager: PackageManager, command: string): string {
  const runner = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' }[manager];
  return `${runner} ${command}`;
}
