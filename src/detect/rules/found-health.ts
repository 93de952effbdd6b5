import type { DetectionEvidence, HealthSource } from '../detection.ts';
import { bestHealthRoute, type Route, type WantedRoutes } from '../source/route.ts';

/** A health path, where it comes from, and what shows it; both `null` when nothing is known. */
export interface FoundHealth {
  readonly health: string | null;
  readonly healthSource: HealthSource | null;
  readonly evidence: readonly DetectionEvidence[];
}

export const NO_HEALTH: FoundHealth = { health: null, healthSource: null, evidence: [] };
/** The page that a front end's dev server serves. */
export const ROOT_PAGE: FoundHealth = { health: '/', healthSource: 'devserver-root', evidence: [] };

/** The health endpoint among a server's routes, else what its framework ships, else its root page. */
export function healthAmong(routes: readonly Route[], ofFramework: string | null = null): FoundHealth {
  const best = bestHealthRoute(routes);
  if (best !== undefined) {
    const evidence = [{ file: best.file, line: best.line, says: `answers on \`${best.path}\`` }];
    return { health: best.path, healthSource: 'declared', evidence };
  }
  if (ofFramework !== null) return { health: ofFramework, healthSource: 'framework', evidence: [] };
  return routes.some(({ path }) => path === '/') ? { health: '/', healthSource: 'route', evidence: [] } : NO_HEALTH;
}

/** The same, where reading all routes would take long: the root page is looked for only where there is nothing else. */
export function soughtHealth(
  routesOf: (wanted: WantedRoutes) => readonly Route[],
  ofFramework: string | null = null,
): FoundHealth {
  const found = healthAmong(
    routesOf('health').filter(({ path }) => path !== '/'),
    ofFramework,
  );
  return found.health === null ? healthAmong(routesOf('root')) : found;
}
