import { readPackageJson } from '../manifests/package-json.ts';
import { type PackageManager, packageManagerOf } from '../manifests/package-manager.ts';
import { workspaceRootOf } from '../manifests/workspaces.ts';
import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { filesThere, runDraft, type StepDraft } from './step-draft.ts';

const LOCKS: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
};

/** The installation of the packages that code in a folder imports: of the workspace that takes it in, or its own. */
export function javascriptPackages(repository: Repository, directory: string): readonly StepDraft[] {
  const home = packageHome(repository, directory);
  if (home === undefined) return [];
  const manager = packageManagerOf(repository, home);
  return [
    runDraft(
      { repository, directory: home },
      {
        tool: manager,
        run: `${manager} install`,
        inputs: [...LOCKS[manager], 'package.json'],
        outputs: [hasPlugAndPlay(repository, home, manager) ? '.pnp.cjs' : 'node_modules'],
        says: `${manager} installs the packages`,
      },
    ),
  ];
}

/** Where the packages of a folder are installed; `undefined`: it needs none. */
function packageHome(repository: Repository, directory: string): string | undefined {
  const own = upwardsFrom(directory).find((above) => (readPackageJson(repository, above)?.dependencies.size ?? 0) > 0);
  if (own === undefined) return undefined;
  const hasOwnLock = filesThere({ repository, directory: own }, Object.values(LOCKS).flat()).length > 0;
  return hasOwnLock ? own : (workspaceRootOf(repository, own) ?? own);
}

/** Yarn from version 2 on makes no `node_modules` unless it is told to. */
function hasPlugAndPlay(repository: Repository, home: string, manager: PackageManager): boolean {
  const settings = repository.text(joinPath(home, '.yarnrc.yml'));
  return manager === 'yarn' && settings !== undefined && !/^nodeLinker:\s*["']?(node-modules|pnpm)/m.test(settings);
}
