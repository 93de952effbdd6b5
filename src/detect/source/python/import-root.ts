import { joinPath, parentOf, upwardsFrom } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { readPython } from './read-python.ts';

/**
 * The directory that imports of a file are written from: above its packages (`__init__.py`), or where most of the
 * names that it imports from the repository are found.
 */
export function importRoot(repository: Repository, file: string): string {
  let directory = parentOf(file);
  while (directory !== '.' && repository.has(joinPath(directory, '__init__.py'))) directory = parentOf(directory);
  const modules = [...(readPython(repository, file)?.imports.values() ?? [])].map(({ module }) => module);
  // Relative imports only work inside a package, whatever else its files are called.
  if (modules.some((module) => module.startsWith('.'))) return directory;
  const tops = new Set(modules.map((module) => module.split('.')[0] ?? ''));
  const isRootOf = (place: string): boolean =>
    [...tops].some(
      (top) =>
        top !== '' &&
        joinPath(place, `${top}.py`) !== file &&
        (repository.has(joinPath(place, `${top}.py`)) || hasPython(repository, joinPath(place, top))),
    );
  if (isRootOf(directory)) return directory;
  return upwardsFrom(parentOf(file)).slice(0, 4).find(isRootOf) ?? directory;
}

function hasPython(repository: Repository, directory: string): boolean {
  return (
    repository.directories.includes(directory) && repository.filesBelow(directory).some((path) => path.endsWith('.py'))
  );
}
