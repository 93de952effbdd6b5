import { joinPath, parentOf, upwardsFrom } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { aliasTargets } from './tsconfig-paths.ts';

const SUFFIXES = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.jsx',
  '/index.ts',
  '/index.js',
  '/index.mjs',
  '/index.tsx',
];

/**
 * Own files only: relative paths, the aliases of the TypeScript configuration, and the usual ones of a source folder.
 */
export function resolveImport(repository: Repository, file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return withSuffix(repository, joinPath(parentOf(file), specifier));
  for (const target of aliasTargets(repository, file, specifier)) {
    const found = withSuffix(repository, target);
    if (found !== null) return found;
  }
  const alias = /^(?:@\/|~\/|#\/?|src\/)(.*)$/.exec(specifier)?.[1];
  if (alias === undefined) return null;
  for (const base of upwardsFrom(parentOf(file))) {
    const found = withSuffix(repository, joinPath(base, 'src', alias)) ?? withSuffix(repository, joinPath(base, alias));
    if (found !== null) return found;
  }
  return null;
}

function withSuffix(repository: Repository, path: string): string | null {
  const bare = path.replace(/\.(js|mjs|cjs|jsx)$/, '');
  for (const base of bare === path ? [path] : [path, bare]) {
    for (const suffix of SUFFIXES) if (repository.has(base + suffix)) return base + suffix;
  }
  return null;
}
