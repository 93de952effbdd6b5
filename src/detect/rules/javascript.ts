import type { Candidate, Rule } from '../candidate.ts';
import { allPackages, type PackageJson } from '../manifests/package-json.ts';
import { hasLockFile, rivalLockFiles } from '../manifests/package-manager.ts';
import { workspaceRootOf } from '../manifests/workspaces.ts';
import { isAside } from '../repository/aside.ts';
import { depthOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { developmentLaunches } from './choose-scripts.ts';
import { inferredFrontend } from './inferred-frontend.ts';
import { inferredNodeServer } from './inferred-node.ts';
import { launchCandidate } from './launch-candidate.ts';

/** Deeper packages count only as members of a workspace, or with a lock file of their own. */
const MAX_DEPTH = 3;

/** Every package.json: what its development scripts start; where they start nothing, a server seen in its sources. */
export const javascriptRule: Rule = (repository) => {
  return allPackages(repository)
    .filter((manifest) => isConsidered(repository, manifest))
    .flatMap((manifest): readonly Candidate[] => {
      const rivals = rivalLockFiles(repository, manifest.directory);
      if (rivals !== undefined) repository.note(rivals);
      const launches = developmentLaunches(repository, manifest);
      const found = launches.flatMap((launch) => launchCandidate(repository, launch) ?? []);
      if (found.length > 0) return found;
      const servers = inferredNodeServer(repository, manifest);
      return servers.length > 0 ? servers : inferredFrontend(repository, manifest);
    });
};

function isConsidered(repository: Repository, manifest: PackageJson): boolean {
  if (isAside(manifest.directory) || manifest.isCommand) return false;
  const { directory } = manifest;
  const isNear = depthOf(directory) <= MAX_DEPTH || hasLockFile(repository, directory);
  return isNear || workspaceRootOf(repository, directory) !== undefined;
}
