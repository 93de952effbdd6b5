import { joinPath } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import { flagValue } from './flags.ts';
import type { NestedCommand } from './nested-command.ts';

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs', 'cjs'];

/**
 * What a bundler of TypeScript runs after each build, as its configuration says: `onSuccess: 'node ./dist/server.js'`.
 * Sources: the documentation of tsup and tsdown, "onSuccess".
 */
export function builtCommand(place: RepositoryPlace, words: readonly string[]): NestedCommand | undefined {
  const [name = ''] = words;
  if (name !== 'tsup' && name !== 'tsdown') return undefined;
  const { repository, directory } = place;
  const named = flagValue(words, ['--config', '-c']);
  const files = named === undefined ? EXTENSIONS.map((extension) => `${name}.config.${extension}`) : [named];
  const file = files.map((path) => joinPath(directory, path)).find(repository.has);
  const written = /\bonSuccess\s*:[^\n]{0,200}?["'`]([^"'`\n]{0,200}\bnode\s[^"'`\n]*)["'`]/.exec(
    file === undefined ? '' : (repository.text(file) ?? ''),
  )?.[1];
  return written === undefined ? undefined : { text: written.replace(/^\s*&&\s*/, ''), isWatched: true };
}
