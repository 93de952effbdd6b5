import type { Candidate, Rule } from '../candidate.ts';
import { readCommand } from '../commands/read-command.ts';
import { processLines } from '../manifests/procfile.ts';
import { isAside } from '../repository/aside.ts';
import { baseName, parentOf } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { isServing } from './choose-scripts.ts';
import { launchCandidate } from './launch-candidate.ts';

/** The Procfiles for development, in the order of preference; one topology is proposed, never two. */
const NAMES = ['Procfile.dev', 'Procfile.local', 'Procfile.development', 'Procfile'];

/**
 * What the development Procfile of a directory starts. Production lines (gunicorn, `npm start` of a build) are no
 * launches.
 */
export const procfileRule: Rule = (repository) => {
  const directories = new Set(
    [...repository.files].filter((file) => NAMES.includes(baseName(file)) && !isAside(parentOf(file))).map(parentOf),
  );
  return [...directories].flatMap((directory) => procfileCandidates(repository, directory));
};

function procfileCandidates(repository: Repository, directory: string): readonly Candidate[] {
  const file = NAMES.map((name) => (directory === '.' ? name : `${directory}/${name}`)).find((path) =>
    repository.has(path),
  );
  if (file === undefined) return [];
  const isForDevelopment = baseName(file) !== 'Procfile';
  return processLines(repository, file).flatMap(({ text, label, line }) =>
    readCommand(repository, { text, cwd: directory, file, line, label }).flatMap((launch) => {
      const isKept = isServing(repository, launch) || (isForDevelopment && launch.role === 'production');
      if (
        !isKept ||
        (!isForDevelopment &&
          (launch.role === 'server' || launch.role === 'file') &&
          launch.program?.framework !== 'django')
      ) {
        return launch.role === 'worker' ? (launchCandidate(repository, launch) ?? []) : [];
      }
      const candidate = launchCandidate(repository, launch);
      return candidate === undefined ? [] : [{ ...candidate, label }];
    }),
  );
}
