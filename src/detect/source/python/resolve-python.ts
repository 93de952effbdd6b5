import { joinPath, parentOf } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import type { PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';

const MAX_REEXPORTS = 4;

/** Where a name is defined; `name` is `null` when the whole file is meant. */
export interface PythonPlace {
  readonly file: string;
  readonly name: string | null;
}

/** The repository's own file behind a dotted module name as seen from a file; `undefined` for packages from outside. */
export function resolvePython(repository: Repository, from: string, module: string): string | undefined {
  const directory = parentOf(from);
  return repository.remember(`pyfile:${directory}:${module}`, () => findModule(repository, directory, module));
}

function findModule(repository: Repository, start: string, module: string): string | undefined {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const path = module.slice(dots).replaceAll('.', '/');
  if (dots > 0) {
    const base = joinPath(start, ...Array.from({ length: dots - 1 }, () => '..'));
    return moduleFile(repository, joinPath(base, path));
  }
  for (let directory = start; ; directory = parentOf(directory)) {
    const found =
      moduleFile(repository, joinPath(directory, path)) ?? moduleFile(repository, joinPath(directory, 'src', path));
    if (found !== undefined || directory === '.') return found;
  }
}

function moduleFile(repository: Repository, path: string): string | undefined {
  return [`${path}.py`, joinPath(path, '__init__.py')].find((candidate) => repository.has(candidate));
}

/** The file and the name in it that a dotted expression (`utils.router`, `api_router`) of a module refers to. */
export function resolvePythonName(
  repository: Repository,
  module: PythonModule,
  expression: string,
): PythonPlace | undefined {
  const parts = expression.split('.');
  for (let length = parts.length; length > 0; length--) {
    const known = module.imports.get(parts.slice(0, length).join('.'));
    if (known === undefined) continue;
    const rest = parts.slice(length);
    const separator = known.module.endsWith('.') ? '' : '.';
    const asModule =
      known.name === null
        ? undefined
        : resolvePython(repository, module.file, `${known.module}${separator}${known.name}`);
    if (asModule !== undefined) return followReexport(repository, { file: asModule, name: rest[0] ?? null });
    const file = resolvePython(repository, module.file, known.module);
    return file === undefined ? undefined : followReexport(repository, { file, name: known.name ?? rest[0] ?? null });
  }
  return { file: module.file, name: parts[0] ?? null };
}

/** A package's `__init__.py` often only passes a name on. */
function followReexport(repository: Repository, place: PythonPlace, depth = 0): PythonPlace {
  const { file, name } = place;
  if (depth > MAX_REEXPORTS || name === null || isSeenToDefine(repository.text(file) ?? '', name)) return place;
  const module = readPython(repository, file);
  if (module === undefined || defines(module, name)) return place;
  const passed = module.imports.get(name);
  if (passed !== undefined) {
    const next = resolvePython(repository, file, passed.module);
    return next === undefined
      ? place
      : followReexport(repository, { file: next, name: passed.name ?? name }, depth + 1);
  }
  for (const { module: origin } of [...module.imports.values()].filter((imported) => imported.name === '*')) {
    const next = resolvePython(repository, file, origin);
    const found = next === undefined ? undefined : followReexport(repository, { file: next, name }, depth + 1);
    const home = found === undefined ? undefined : readPython(repository, found.file);
    if (found !== undefined && home !== undefined && defines(home, name)) return found;
  }
  return place;
}

/** Whether a text defines a name on its outermost level: it need not be parsed to know that. */
function isSeenToDefine(text: string, name: string): boolean {
  if (!text.includes(name) || /\W/.test(name)) return false;
  return new RegExp(`^(?:(?:async )?def ${name}\\b|class ${name}\\b|${name} ?=[^=])`, 'm').test(text);
}

function defines(module: PythonModule, name: string): boolean {
  return module.values.has(name) || module.definitions.some((definition) => definition.name === name);
}
