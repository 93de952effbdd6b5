import type { Repository } from './repository.ts';

/**
 * A directory of a repository: where something is started, and from where manifests and env files are looked for
 * upwards.
 */
export interface RepositoryPlace {
  readonly repository: Repository;
  readonly directory: string;
}

/** A file and a line in it as one text: `vite.config.ts:12`; the file alone where the whole of it is meant. */
export function placeText(file: string, line: number | null): string {
  return line === null ? file : `${file}:${line}`;
}
