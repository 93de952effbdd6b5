import type { Repository } from '../../repository/repository.ts';
import { alternatives } from '../join-patterns.ts';
import { resolvePython } from './resolve-python.ts';

/** `from module import a, b as c`, also over several lines in brackets, and `import module, other`. */
const IMPORT = alternatives(
  [/^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]*(?:\(([^)]{0,5000})\)|([^\n#;]*))/, /^[ \t]*import[ \t]+([\w., \t]+)/],
  'gm',
);

/**
 * The repository's own files that a source file imports, as its text names them: a large program is followed without
 * parsing all of it. Of `from package import name` it is the module of that name, where there is one.
 */
export function importedPython(repository: Repository, file: string): readonly string[] {
  return repository.remember(`pyimports:${file}`, () => {
    const text = (repository.text(file) ?? '').replace(/\\\n/g, ' ');
    const found = [...text.matchAll(IMPORT)].flatMap(([, from, inBrackets, onLine, modules]) =>
      from === undefined
        ? namesIn(modules ?? '').map((module) => resolvePython(repository, file, module))
        : namesIn((inBrackets ?? onLine ?? '').replace(/#[^\n]*/g, '')).map((name) => {
            const whole = `${from}${from.endsWith('.') ? '' : '.'}${name}`;
            return resolvePython(repository, file, whole) ?? resolvePython(repository, file, from);
          }),
    );
    return [...new Set(found.filter((path) => path !== undefined))];
  });
}

/** The names of a list, less what they are called here. */
function namesIn(list: string): readonly string[] {
  return list.split(',').flatMap((item) => /^\s*([\w.]+|\*)/.exec(item)?.[1] ?? []);
}
