import type { Candidate } from '../candidate.ts';
import { composeServices } from '../manifests/compose.ts';
import { isInside } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntries } from '../source/env-files.ts';

/**
 * The databases that must answer before a server starts: published ones that its compose service depends on, or whose
 * address
 * its env files name.
 */
export function waitForOf(
  repository: Repository,
  candidate: Candidate,
  resources: readonly Candidate[],
): readonly string[] {
  if (candidate.kind !== 'backend' && candidate.kind !== 'fullstack') return [];
  const published = resources.filter(
    (resource) => resource.ecosystem === 'docker' && resource.kind === 'database' && resource.port !== null,
  );
  const own = composeServices(repository).find(
    (service) =>
      service.context !== null && (service.context === candidate.home || isInside(candidate.home, service.context)),
  );
  const needed = published.filter(
    (resource) =>
      own?.dependsOn.includes(resource.label ?? '') || isNamedInEnv(repository, candidate, resource.port ?? 0),
  );
  return needed.map((resource) => `tcp:127.0.0.1:${resource.port}`);
}

function isNamedInEnv(repository: Repository, candidate: Candidate, port: number): boolean {
  return [...envEntries(repository, candidate.home), ...envEntries(repository, candidate.cwd)].some(
    ({ name, value }) =>
      new RegExp(`(?:localhost|127\\.0\\.0\\.1):${port}(?!\\d)`).test(value) ||
      (/(?:DB|DATABASE|POSTGRES|PG|MYSQL|MONGO|REDIS)\w*PORT$/.test(name) && value === String(port)),
  );
}
