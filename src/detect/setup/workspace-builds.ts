import { type PackageJson, readPackageJson } from '../manifests/package-json.ts';
import { binaryCommand, packageManagerOf } from '../manifests/package-manager.ts';
import { workspaceMembers, workspaceRootOf } from '../manifests/workspaces.ts';
import { at, entriesOf, loadJson, textsOf } from '../repository/load-data.ts';
import { joinPath, relativePath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import type { StepDraft } from './step-draft.ts';

/** The packages of a workspace that have to be built before a service can import them. */
export function workspaceBuilds(repository: Repository, directory: string): readonly StepDraft[] {
  const own = readPackageJson(repository, directory);
  const root = own && workspaceRootOf(repository, directory);
  if (own?.name === undefined || root === undefined) return [];
  const needed = neededBy(own, workspaceMembers(repository, root)).filter(({ scripts }) => scripts.build !== undefined);
  const runner = needed.length === 0 ? undefined : runnerOf(repository, root, own.name);
  if (runner === undefined) return [];
  const inputs = needed.flatMap((member) => inputsOf(repository, root, member));
  const run = binaryCommand(packageManagerOf(repository, root), runner.run);
  const evidence = { file: runner.file, line: null, says: `builds ${needed.map(({ name }) => name).join(', ')} first` };
  return [{ kind: 'run', directory: root, tool: `build-${own.directory}`, run, inputs, outputs: [], evidence }];
}

/** The members of the workspace that a package depends on, directly or through others. */
function neededBy(own: PackageJson, members: readonly PackageJson[]): readonly PackageJson[] {
  const needed = new Set<PackageJson>();
  const add = ({ dependencies }: PackageJson): void => {
    for (const member of members) {
      if (member === own || needed.has(member) || member.name === undefined || !dependencies.has(member.name)) continue;
      needed.add(member);
      add(member);
    }
  };
  add(own);
  return [...needed];
}

/** What builds the dependencies of a package alone, where its task runner is told to do so before it serves. */
function runnerOf(repository: Repository, root: string, name: string): { run: string; file: string } | undefined {
  const turbo = loadJson(repository, joinPath(root, 'turbo.json'));
  if (buildsFirst(at(turbo, 'tasks') ?? at(turbo, 'pipeline'))) {
    return { run: `turbo run build --filter=${name}^...`, file: joinPath(root, 'turbo.json') };
  }
  const nx = loadJson(repository, joinPath(root, 'nx.json'));
  if (buildsFirst(at(nx, 'targetDefaults'))) {
    return { run: `nx run-many -t build --exclude=${name}`, file: joinPath(root, 'nx.json') };
  }
  return undefined;
}

function buildsFirst(tasks: unknown): boolean {
  const serving = entriesOf(tasks).filter(([task]) => /(^|[#:])(dev|serve|start|develop)\b/.test(task));
  return serving.some(([, task]) => textsOf(at(task, 'dependsOn')).includes('^build'));
}

function inputsOf(repository: Repository, root: string, { directory }: PackageJson): readonly string[] {
  const inside = relativePath(root, directory);
  const hasSources = repository.filesBelow(joinPath(directory, 'src')).length > 0;
  return [`${inside}/package.json`, ...(hasSources ? [`${inside}/src`] : [])];
}
