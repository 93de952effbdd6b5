import { type Candidate, isServer } from '../candidate.ts';
import { readScript } from '../commands/read-command.ts';
import { readPackageJson } from '../manifests/package-json.ts';
import { baseName } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';

/** Folders of sites about the project rather than of it. */
const ABOUT = /^(docs?|documentation|website|storybook|e?mails?|react-email|landing|blog|playground|design-system)$/;

/**
 * Leaves out what developers of the application do not start every day (documentation sites, previews, tools, apps for
 * devices), unless there is nothing else or the root's own development script starts it. What is left out is said in a
 * note.
 */
export function dropOptional(repository: Repository, candidates: readonly Candidate[]): readonly Candidate[] {
  const kinds = new Map(candidates.map((candidate) => [candidate, partOf(repository, candidate)]));
  const main = (['application', 'device', 'aside'] as const).find((part) => [...kinds.values()].includes(part));
  const folders = startedByRoot(repository);
  return candidates.filter((candidate) => {
    const part = kinds.get(candidate);
    if (part === 'beside' || part === main || (part === 'aside' && folders.has(candidate.home))) return true;
    const place = candidate.cwd === '.' ? 'the root' : `\`${candidate.cwd}\``;
    const started = `\`${candidate.developerCommand}\` in ${place} starts ${candidate.framework}`;
    const why = part === 'device' ? 'the tools of its devices do that: it' : 'it is not part of the application and';
    repository.note(`${started}; ${why} was left out.`);
    return false;
  });
}

/** `beside`: what servers need, which is never left out. */
type Part = 'application' | 'device' | 'aside' | 'beside';

function partOf(repository: Repository, candidate: Candidate): Part {
  const { kind, home } = candidate;
  if (kind === 'tool') return 'aside';
  if (!isServer(candidate)) return 'beside';
  if (isDeviceApp(repository, candidate)) return 'device';
  return ABOUT.test(baseName(home)) || /^(docs?|documentation)\//.test(home) ? 'aside' : 'application';
}

/** An app of React Native: what bundles it is started, with a device, by Expo's or React Native's own tools. */
function isDeviceApp(repository: Repository, { framework, cwd }: Candidate): boolean {
  if (framework === 'metro') return true;
  const scripts = framework === 'expo' ? readPackageJson(repository, cwd)?.scripts : undefined;
  return scripts?.android !== undefined || scripts?.ios !== undefined;
}

/** The directories in which the root package's development script starts something. */
function startedByRoot(repository: Repository): ReadonlySet<string> {
  const scripts = readPackageJson(repository, '.')?.scripts ?? {};
  const name = ['dev', 'start:dev', 'develop', 'start'].find((candidate) => scripts[candidate] !== undefined);
  return new Set(name === undefined ? [] : readScript(repository, '.', name).map((launch) => launch.cwd));
}
