import { joinPath, parentOf } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import { sequence } from '../source/join-patterns.ts';

/** How configurations name a place for code: after one of these words, or as the key of what is to be made. */
const NAMED = sequence(
  [
    /\b(?:out|outdir|output|target|workspace|path|artifactDirectory)["']?\s*:\s*/,
    /["']?(\.{0,2}\/?[\w@.-]+(?:\/[\w@.-]+)*\/?)/,
  ],
  'g',
);
const KEYED = /(?:^|[{,])\s*["']?(\.{0,2}\/?(?:[\w@.-]+\/)+(?:[\w@.-]+\.\w+)?)["']?\s*:/gm;
/** It asks a server that does not run yet. */
const ASKS_SERVER = /["'\s]https?:\/\//;

/**
 * The places that a generator's configuration names for its code and the repository does not hold, `usual` where it
 * names none; `undefined` where there is nothing to make: all is in the repository, or it would ask a server.
 */
export function missingOutputs(place: RepositoryPlace, config: string, usual: string): readonly string[] | undefined {
  const { repository, directory } = place;
  const text = repository.text(config) ?? '';
  if (ASKS_SERVER.test(text)) return undefined;
  const found = [...text.matchAll(NAMED), ...text.matchAll(KEYED)].map(([, path = '']) => path);
  const named = found.length > 0 ? found : [usual].filter((path) => path !== '');
  const missing = named.filter((path) => {
    const inside = joinPath(directory, path);
    const isThere = repository.has(inside) || repository.directories.includes(inside);
    return (
      !isThere && !inside.startsWith('..') && (repository.directories.includes(parentOf(inside)) || path.includes('/'))
    );
  });
  return missing.length === 0 ? undefined : [...new Set(missing.map((path) => joinPath('.', path)))];
}
