import { type Candidate, isServer } from '../candidate.ts';
import { readScript } from '../commands/read-command.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { baseName } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** Folders of sites about the project rather than of it. */
const ABOUT = /^(docs?|documentation|website|storybook|e?mails?|react-email|landing|blog|playground|design-system)$/;

/**
 * Leaves out what developers of the application do not start every day (documentation sites, previews, tools), unless
 * there is nothing else or the root's own development script starts it. What is left out is said in a note.
 */
export function dropOptional(repository: Repository, candidates: readonly Candidate[]): readonly Candidate[] {
  const isAbout = (home: string): boolean => ABOUT.test(baseName(home)) || /^(docs?|documentation)\//.test(home);
  const isOptional = (candidate: Candidate): boolean =>
    candidate.kind === 'tool' || (isServer(candidate) && isAbout(candidate.home));
  const main = candidates.filter((candidate) => isServer(candidate) && !isOptional(candidate));
  if (main.length === 0) return candidates;
  const folders = startedByRoot(repository);
  return candidates.filter((candidate) => {
    if (!isOptional(candidate) || folders.has(candidate.home)) return true;
    const place = candidate.cwd === '.' ? 'the root' : `\`${candidate.cwd}\``;
    const started = `\`${candidate.developerCommand}\` in ${place} starts ${candidate.framework}`;
    repository.note(`${started}; it is not part of the application and was left out.`);
    return false;
  });
}

/** The directories in which the root package's development script starts something. */
function startedByRoot(repository: Repository): ReadonlySet<string> {
  const scripts = readPackageJson(repository, '.')?.scripts ?? {};
  const name = ['dev', 'start:dev', 'develop', 'start'].find((candidate) => scripts[candidate] !== undefined);
  return new Set(name === undefined ? [] : readScript(repository, '.', name).map((launch) => launch.cwd));
}
