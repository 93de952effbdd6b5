import { at, loadJson, loadYaml, textsOf } from '../repository/load-data.ts';
import { isInside, joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { allPackages, type PackageJson, readPackageJson } from './package-json.ts';

/**
 * The packages that a workspace root (npm, yarn, bun, pnpm, lerna) in this directory takes in; empty when it is none.
 */
export function workspaceMembers(repository: Repository, directory: string): readonly PackageJson[] {
  return repository.remember(`workspace:${directory}`, () => {
    const globs = workspaceGlobs(repository, directory);
    if (globs.length === 0) return [];
    const wanted = globs.filter((glob) => !glob.startsWith('!')).map((glob) => globPattern(directory, glob));
    const unwanted = globs.filter((glob) => glob.startsWith('!')).map((glob) => globPattern(directory, glob.slice(1)));
    return allPackages(repository).filter(
      (candidate) =>
        candidate.directory !== directory &&
        wanted.some((pattern) => pattern.test(candidate.directory)) &&
        !unwanted.some((pattern) => pattern.test(candidate.directory)),
    );
  });
}

/** The nearest directory at or above this one whose workspace takes it in, or `undefined`. */
export function workspaceRootOf(repository: Repository, directory: string): string | undefined {
  return upwardsFrom(directory).find((above) =>
    workspaceMembers(repository, above).some((member) => isInside(directory, member.directory)),
  );
}

function workspaceGlobs(repository: Repository, directory: string): readonly string[] {
  return [
    ...(readPackageJson(repository, directory)?.workspaceGlobs ?? []),
    ...textsOf(at(loadYaml(repository, joinPath(directory, 'pnpm-workspace.yaml')), 'packages')),
    ...textsOf(at(loadJson(repository, joinPath(directory, 'lerna.json')), 'packages')),
  ];
}

function globPattern(directory: string, glob: string): RegExp {
  const path = joinPath(directory, glob.replace(/^\.\//, '').replace(/\/$/, ''));
  const source = path.replace(/\*\*\/?|\*|\?|[.+^${}()|[\]\\]/g, (piece) => {
    if (piece.startsWith('**')) return '(?:.*/)?[^/]*';
    return piece === '*' ? '[^/]*' : piece === '?' ? '[^/]' : `\\${piece}`;
  });
  return new RegExp(`^${source}$`);
}
