import type { Candidate } from '../candidate.ts';
import type { Repository } from '../repository/repository.ts';
import { neededContainers } from './needed-containers.ts';

/** Engines of which an application uses one. */
const RELATIONAL: ReadonlySet<string> = new Set(['postgres', 'mysql', 'sqlserver', 'cockroachdb']);

/**
 * Leaves out the databases of a compose file that has several to choose from, where no service is seen to use one: the
 * application then starts without them, or with one that its developers choose.
 */
export function dropAlternatives(repository: Repository, candidates: readonly Candidate[]): readonly Candidate[] {
  const databases = candidates.filter(({ container, framework }) => container !== null && RELATIONAL.has(framework));
  if (new Set(databases.map(({ framework }) => framework)).size < 2) return candidates;
  const needed = new Set(candidates.flatMap((candidate) => neededContainers(repository, candidate, candidates)));
  if (databases.some((database) => needed.has(database))) return candidates;
  const names = databases.map(({ label }) => `\`${label}\``).join(' and ');
  repository.note(`${names} are databases to choose from, and no service was seen to use one: they were left out.`);
  return candidates.filter((candidate) => !databases.includes(candidate));
}
