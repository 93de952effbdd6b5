import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { Repository } from '../repository/repository.ts';
import { stripComments } from '../source/strip-comments.ts';

/** The gems that the nearest Gemfile upwards asks for. A Gemfile is a program: its `gem "name"` lines are read. */
export function gemsOf(repository: Repository, directory: string): ReadonlySet<string> {
  const file = upwardsFrom(directory)
    .flatMap((above) => ['Gemfile', 'gems.rb'].map((name) => joinPath(above, name)))
    .find((path) => repository.has(path));
  if (file === undefined) return new Set();
  return repository.remember(`gems:${file}`, () => {
    const text = stripComments(repository.text(file) ?? '', 'hash');
    return new Set([...text.matchAll(/^\s*gem\s*\(?\s*["']([\w-]+)["']/gm)].map((match) => match[1] ?? ''));
  });
}
