import { readPackageJson } from '../manifests/package-json.ts';
import { parentOf, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { fileRoutes } from '../source/file-routes.ts';
import { importedFiles } from '../source/javascript/imported-files.ts';
import { fileGraph } from '../source/javascript/javascript-graph.ts';
import { javascriptRoutes } from '../source/javascript/javascript-routes.ts';
import { nestRoutes } from '../source/javascript/nest-routes.ts';
import { type FoundHealth, soughtHealth } from './found-health.ts';

/** Frameworks whose own servers may be started from a file of the project. */
const FILE_ROUTED = [
  'next',
  '@remix-run/node',
  '@remix-run/express',
  '@react-router/node',
  '@react-router/express',
  '@sveltejs/kit',
];

/** The health endpoint among the routes that a Node server's entry file leads to, or its root page. */
export function nodeHealth(repository: Repository, entry: string): FoundHealth {
  const owner = upwardsFrom(parentOf(entry)).find((directory) => readPackageJson(repository, directory) !== undefined);
  const dependencies = owner === undefined ? undefined : readPackageJson(repository, owner)?.dependencies;
  const hasFileRoutes = FILE_ROUTED.some((name) => dependencies?.has(name)) && servesPages(repository, entry);
  const files = owner === undefined || !hasFileRoutes ? [] : fileRoutes(repository, owner);
  const others = [...nestRoutes(repository, entry), ...files];
  return soughtHealth((wanted) => [...javascriptRoutes(repository, entry, wanted), ...others]);
}

/** Whether a program hands requests on to such a framework: a helper beside its dev server has routes of its own. */
function servesPages(repository: Repository, entry: string): boolean {
  return fileGraph(repository, entry).some((file) =>
    importedFiles(repository, file).some(({ specifier }) =>
      /\b(?:next|remix|react-router|sveltejs|vite)\b/.test(specifier),
    ),
  );
}
