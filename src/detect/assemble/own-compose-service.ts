import { type Candidate, isServer } from '../candidate.ts';
import { type ComposeService, composeServices } from '../manifests/compose.ts';
import { upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/**
 * What compose calls a candidate: the container that it is, else what is built of its folder, or of the nearest one
 * around that. What is built of the root may be any of it: it counts for what lies there, or is the only server.
 */
export function ownComposeService(
  repository: Repository,
  { container, home }: Candidate,
  all: readonly Candidate[],
): ComposeService | undefined {
  const services = composeServices(repository);
  if (container !== null) return services.find(({ name }) => name === container.service);
  const isRootFor = home === '.' || all.filter(isServer).length === 1;
  const inFolder = (folder: string): ComposeService | undefined =>
    services.find(({ imageHome }) => imageHome === folder) ?? services.find(({ context }) => context === folder);
  return upwardsFrom(home)
    .filter((folder) => folder !== '.' || isRootFor)
    .flatMap((folder) => inFolder(folder) ?? [])[0];
}
