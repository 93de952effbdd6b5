import type { Candidate } from '../candidate.ts';
import type { Repository } from '../repository/repository.ts';
import { envEntries } from '../source/env-files.ts';
import { ownComposeService } from './own-compose-service.ts';

/**
 * The containers that must be ready before a service starts: those that its own compose service depends on, and those
 * whose address its env files name.
 */
export function neededContainers(
  repository: Repository,
  candidate: Candidate,
  all: readonly Candidate[],
): readonly Candidate[] {
  if (candidate.kind === 'frontend' || candidate.kind === 'tool') return [];
  const containers = all.filter((other) => other !== candidate && other.container !== null && other.port !== null);
  const own = ownComposeService(repository, candidate, all);
  return containers.filter(
    ({ container, port }) =>
      own?.dependsOn.includes(container?.service ?? '') === true ||
      (candidate.container === null && isNamedInEnv(repository, candidate, port ?? 0)),
  );
}

/** Where a URL of theirs names no port. */
const SCHEME_PORTS: readonly (readonly [RegExp, number])[] = [
  [/^postgres(?:ql)?(?:\+\w+)?:/, 5432],
  [/^(?:mysql|mariadb)(?:\+\w+)?:/, 3306],
  [/^mongodb:/, 27017],
  [/^rediss?:/, 6379],
  [/^amqps?:/, 5672],
];

function isNamedInEnv(repository: Repository, candidate: Candidate, port: number): boolean {
  return [...envEntries(repository, candidate.home), ...envEntries(repository, candidate.cwd)].some(
    ({ name, value }) =>
      new RegExp(`(?:localhost|127\\.0\\.0\\.1):${port}(?!\\d)`).test(value) ||
      (/(?:localhost|127\.0\.0\.1)(?:\/|$)/.test(value) &&
        SCHEME_PORTS.some(([scheme, usual]) => usual === port && scheme.test(value))) ||
      (/(?:DB|DATABASE|POSTGRES|PG|MYSQL|MONGO|REDIS)\w*PORT$/.test(name) && value === String(port)),
  );
}
