import type { Repository } from './repository.ts';

/** The line (from 1) of the first match in a file, or `null`. */
export function lineOf(repository: Repository, path: string, needle: string | RegExp): number | null {
  const text = repository.text(path);
  if (text === undefined) return null;
  const index = typeof needle === 'string' ? text.indexOf(needle) : text.search(needle);
  return index < 0 ? null : lineAt(text, index);
}

/** The line (from 1) in which an index of the text lies. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let cursor = text.indexOf('\n'); cursor >= 0 && cursor < index; cursor = text.indexOf('\n', cursor + 1)) line++;
  return line;
}
