import type { Candidate } from '../candidate.ts';
import { joinPath } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { stripComments } from '../source/strip-comments.ts';

/** Programs that run the scripts of `assets/package.json`; `Bun` is the package that brings its own. */
const RUNNERS = /\b(?:npm|npx|yarn|pnpm|bun|node|Bun)\b/;

/**
 * Leaves out what a Phoenix server starts itself: the watchers of its development configuration run what lies in
 * `assets`. Source: Phoenix.Endpoint, "Runtime configuration", `:watchers`.
 */
export function dropWatched(repository: Repository, candidates: readonly Candidate[]): readonly Candidate[] {
  const watched = candidates
    .filter(({ framework, home }) => framework === 'phoenix' && RUNNERS.test(watchersOf(repository, home)))
    .map(({ home }) => joinPath(home, 'assets'));
  return candidates.filter((candidate) => {
    if (!watched.includes(candidate.home)) return true;
    const started = `\`${candidate.developerCommand}\` in \`${candidate.cwd}\``;
    repository.note(`${started} is started by Phoenix itself, as one of its \`watchers\`, and was left out.`);
    return false;
  });
}

/** As they are written; empty without any. */
function watchersOf(repository: Repository, directory: string): string {
  const text = stripComments(repository.text(joinPath(directory, 'config/dev.exs')) ?? '', 'hash');
  // Up to the line that closes the list: entries are lists, too.
  return /\bwatchers:\s*\[(.*?)^\s*\]/ms.exec(text)?.[1] ?? /\bwatchers:\s*\[(.*)/.exec(text)?.[1] ?? '';
}
