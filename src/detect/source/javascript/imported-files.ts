import type { Repository } from '../../repository/repository.ts';
import { alternatives } from '../join-patterns.ts';
import { resolveImport } from './resolve-import.ts';

/** What a file imports, without its names. */
export interface ImportedFile {
  readonly specifier: string;
  /** The repository's own file behind the specifier; `null` for packages. */
  readonly file: string | null;
}

/** Comments and other texts are passed over; what is behind an importing word is the group. */
const PIECES = alternatives(
  [
    /\/\/[^\n]*|\/\*[\s\S]*?\*\//,
    /(?:\bfrom|\bimport\s*\(?|\brequire\s*\()\s*(["'`])([^"'`\n]+)\1/,
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/,
  ],
  'g',
);

/** The imports of a source file as its text names them: a large program is followed without parsing all of it. */
export function importedFiles(repository: Repository, file: string): readonly ImportedFile[] {
  return repository.remember(`imports:${file}`, () => {
    const found = [...(repository.text(file) ?? '').matchAll(PIECES)].flatMap(([, , specifier]) => specifier ?? []);
    return [...new Set(found)].map((specifier) => ({ specifier, file: resolveImport(repository, file, specifier) }));
  });
}
