import { joinPath, upwardsFrom } from '../repository/paths.ts';
import type { RepositoryPlace } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { exampleOf } from './env-example.ts';

/** A variable of an env file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  readonly file: string;
  readonly line: number;
  /** Whether the file is only an example to copy. */
  readonly isExample: boolean;
}

/** The files that programs read themselves, the strongest first. */
const FILES = [
  ...['.env.development.local', '.env.local', '.env.development', '.env.dev', '.env', '.flaskenv'],
  '.env.defaults',
];

/**
 * The variables that a program in this directory would read, the strongest first: its own files, then those above it.
 */
export function envEntries(repository: Repository, directory: string): readonly EnvEntry[] {
  return repository.remember(`env:${directory}`, () => {
    const places = upwardsFrom(directory);
    const real = places.flatMap((place) => FILES.flatMap((name) => parse(repository, joinPath(place, name), false)));
    const examples = places.flatMap((place) =>
      repository
        .filesIn(place)
        .filter((name) => exampleOf(name) !== undefined)
        .flatMap((name) => parse(repository, joinPath(place, name), true)),
    );
    return [...real, ...examples];
  });
}

/** The strongest setting of a variable, or `undefined`. */
export function envEntry(repository: Repository, directory: string, name: string): EnvEntry | undefined {
  const found = envEntries(repository, directory).find((entry) => entry.name === name && entry.value !== '');
  return found === undefined
    ? undefined
    : { ...found, value: interpolate({ repository, directory }, found.value, [name]) };
}

/** `${OTHER}` and `${OTHER:-default}` in a value, as dotenv-expand and shells understand them. */
function interpolate(place: RepositoryPlace, value: string, open: readonly string[]): string {
  return value.replace(/\$\{(\w+)(?::?-([^}]*))?\}/g, (whole, name: string, fallback?: string) => {
    const entry = open.includes(name)
      ? undefined
      : envEntries(place.repository, place.directory).find(
          (candidate) => candidate.name === name && candidate.value !== '',
        );
    return entry === undefined ? (fallback ?? whole) : interpolate(place, entry.value, [...open, name]);
  });
}

/** The strongest setting in the files of the directory itself: those that tools read on their own. */
export function ownEnvEntry(repository: Repository, directory: string, name: string): EnvEntry | undefined {
  return ownEnvEntries(repository, directory).find((entry) => entry.name === name && entry.value !== '');
}

/** The variables of the env files directly in a directory, the strongest first. */
export function ownEnvEntries(repository: Repository, directory: string): readonly EnvEntry[] {
  const isOwn = (file: string): boolean => joinPath(directory, file.slice(file.lastIndexOf('/') + 1)) === file;
  return envEntries(repository, directory).filter((entry) => isOwn(entry.file));
}

function parse(repository: Repository, file: string, isExample: boolean): readonly EnvEntry[] {
  const lines = repository.text(file)?.split('\n') ?? [];
  return lines.flatMap((text, index) => {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[=:]\s*(.*)$/.exec(text);
    if (match === null) return [];
    const [, name = '', raw = ''] = match;
    const quoted = /^(["'`])(.*?)\1/.exec(raw.trim());
    const value = quoted?.[2] ?? raw.replace(/\s+#.*$/, '').trim();
    return [{ name, value, file, line: index + 1, isExample }];
  });
}
