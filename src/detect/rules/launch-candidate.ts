import type { Candidate } from '../candidate.ts';
import type { Launch } from '../commands/launch.ts';
import type { Repository } from '../repository/repository.ts';
import { nestEntry } from './nest-entry.ts';
import { nodeServerCandidate } from './node-server.ts';
import { programCandidate } from './program-candidate.ts';
import { projectCandidate, workerCandidate } from './project-candidate.ts';

/**
 * The candidate that a launch stands for; `undefined` for what is no long-running program. Whether a production server
 * is one for developers too is the caller's to say.
 */
export function launchCandidate(repository: Repository, launch: Launch): Candidate | undefined {
  if (launch.role === 'worker') return workerCandidate(launch);
  const { program } = launch;
  if (program !== null && (launch.role === 'server' || launch.role === 'production')) {
    const entry = program.framework === 'nest' ? nestEntry(repository, launch) : undefined;
    return entry === undefined
      ? programCandidate(repository, { ...launch, program })
      : nodeServerCandidate(repository, launch, entry);
  }
  if (launch.role === 'file' && launch.entry !== null && launch.ecosystem === 'javascript')
    return nodeServerCandidate(repository, launch, launch.entry);
  if (launch.role === 'project' || launch.role === 'file') return projectCandidate(launch);
  return undefined;
}
