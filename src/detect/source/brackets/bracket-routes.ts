import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../join-url.ts';
import type { Route } from '../route.ts';
import { stripComments } from '../strip-comments.ts';
import { callPattern, readBrackets } from './read-brackets.ts';
import type { RouteWords } from './route-words.ts';

/** The routes of source files in Go, Rust, C# or PHP, prefixes of the groups around them included. */
export function bracketRoutes(repository: Repository, files: readonly string[], words: RouteWords): readonly Route[] {
  const calls = callPattern(words);
  const read = files.flatMap((file) => {
    const text = repository.text(file);
    if (text === undefined || !calls.test(text)) return [];
    return [{ file, ...readBrackets(stripComments(text, 'slashes'), words) }];
  });
  const calledUnder = new Map<string, Set<string>>();
  for (const { name, prefix } of read.flatMap(({ uses }) => uses))
    calledUnder.set(name, (calledUnder.get(name) ?? new Set()).add(prefix));
  return read.flatMap(({ file, routes }) =>
    routes.flatMap(({ path, line, within }) =>
      prefixesOf(within, calledUnder).map((prefix) => ({ path: joinUrl(prefix, path), file, line })),
    ),
  );
}

/** A function that registers routes may itself be called inside a prefixed group, anywhere. */
function prefixesOf(name: string | null, calledUnder: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const prefixes = name === null ? undefined : calledUnder.get(name);
  return prefixes === undefined || prefixes.size === 0 ? [''] : [...prefixes];
}
