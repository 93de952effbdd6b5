import type { HealthSource } from '../detection.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { parentOf, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { fileRoutes } from '../source/file-routes.ts';
import { javascriptRoutes } from '../source/javascript/javascript-routes.ts';
import { nestRoutes } from '../source/javascript/nest-routes.ts';
import { bestHealthRoute } from '../source/route.ts';

/** A health path and where it comes from; both `null` when nothing is known. */
export interface FoundHealth {
  readonly health: string | null;
  readonly healthSource: HealthSource | null;
}

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
  const hasFileRoutes = FILE_ROUTED.some((name) => dependencies?.has(name));
  const files = owner === undefined || !hasFileRoutes ? [] : fileRoutes(repository, owner);
  const routes = [...javascriptRoutes(repository, entry), ...nestRoutes(repository, entry), ...files];
  const best = bestHealthRoute(routes);
  if (best !== undefined) return { health: best.path, healthSource: 'declared' };
  const root = routes.find((route) => route.path === '/');
  return root === undefined ? { health: null, healthSource: null } : { health: '/', healthSource: 'route' };
}
