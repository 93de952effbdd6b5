import type { HealthSource } from '../detection.ts';
import type { Repository } from '../repository/repository.ts';
import { javascriptRoutes } from '../source/javascript-routes.ts';
import { nestRoutes } from '../source/nest-routes.ts';
import { bestHealthRoute } from '../source/route.ts';

/** A health path and where it comes from; both `null` when nothing is known. */
export interface FoundHealth {
  readonly health: string | null;
  readonly healthSource: HealthSource | null;
}

/** The health endpoint among the routes that a Node server's entry file leads to, or its root page. */
export function nodeHealth(repository: Repository, entry: string): FoundHealth {
  const routes = [...javascriptRoutes(repository, entry), ...nestRoutes(repository, entry)];
  const best = bestHealthRoute(routes);
  if (best !== undefined) return { health: best.path, healthSource: 'declared' };
  const root = routes.find((route) => route.path === '/');
  return root === undefined ? { health: null, healthSource: null } : { health: '/', healthSource: 'route' };
}
