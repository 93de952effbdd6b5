import { joinPath, parentOf } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { type PythonLine, pythonLines } from './python-lines.ts';

/** A Python file's statements and what its names stand for. */
export interface PythonModule {
  readonly file: string;
  readonly lines: readonly PythonLine[];
  /** Local name → where it comes from; `name` is `null` when the name stands for the whole module. */
  readonly imports: ReadonlyMap<string, PythonImport>;
  /** Top-level and class-level plain assignments: name → expression as written. */
  readonly assignments: ReadonlyMap<string, string>;
}

export interface PythonImport {
  readonly module: string;
  readonly name: string | null;
}

const MAX_SOURCE_CHARACTERS = 300_000;

/** Reads a Python source file; `undefined` when it is missing or far too large. */
export function readPython(repository: Repository, file: string): PythonModule | undefined {
  return repository.remember(`py:${file}`, () => {
    const text = repository.text(file);
    if (text === undefined || text.length > MAX_SOURCE_CHARACTERS) return undefined;
    const lines = pythonLines(text);
    return { file, lines, imports: importsOf(lines), assignments: assignmentsOf(lines) };
  });
}

function importsOf(lines: readonly PythonLine[]): ReadonlyMap<string, PythonImport> {
  const imports = new Map<string, PythonImport>();
  for (const { text } of lines) {
    const from = /^from\s+([.\w]+)\s+import\s+\(?(.+?)\)?$/.exec(text);
    if (from !== null) {
      for (const part of (from[2] ?? '').split(',')) {
        const [name = '', alias] = part.trim().split(/\s+as\s+/);
        if (name !== '') imports.set((alias ?? name).trim(), { module: from[1] ?? '', name: name.trim() });
      }
      continue;
    }
    const plain = /^import\s+(.+)$/.exec(text);
    for (const part of plain?.[1]?.split(',') ?? []) {
      const [module = '', alias] = part.trim().split(/\s+as\s+/);
      imports.set((alias ?? module.split('.')[0] ?? module).trim(), {
        module: alias === undefined ? (module.split('.')[0] ?? module) : module,
        name: null,
      });
      if (alias === undefined && module.includes('.')) imports.set(module, { module, name: null });
    }
  }
  return imports;
}

function assignmentsOf(lines: readonly PythonLine[]): ReadonlyMap<string, string> {
  const assignments = new Map<string, string>();
  for (const { text, indent } of lines) {
    const match = indent > 4 ? null : /^(\w+)\s*(?::[^=]+)?=(?!=)\s*(.+)$/s.exec(text);
    if (match !== null && !assignments.has(match[1] ?? '')) assignments.set(match[1] ?? '', match[2] ?? '');
  }
  return assignments;
}

/** The repository's own file behind a dotted module name as seen from a file; `undefined` for packages from outside. */
export function resolvePython(repository: Repository, from: string, module: string): string | undefined {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const path = module.slice(dots).replaceAll('.', '/');
  if (dots > 0) {
    const base = joinPath(parentOf(from), ...Array.from({ length: dots - 1 }, () => '..'));
    return moduleFile(repository, joinPath(base, path));
  }
  for (let directory = parentOf(from); ; directory = parentOf(directory)) {
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
): { file: string; name: string | null } | undefined {
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
    if (asModule !== undefined) return followReexport(repository, asModule, rest[0] ?? null);
    const file = resolvePython(repository, module.file, known.module);
    return file === undefined ? undefined : followReexport(repository, file, known.name ?? rest[0] ?? null);
  }
  return { file: module.file, name: parts[0] ?? null };
}

/** A package's `__init__.py` often only passes a name on. */
function followReexport(
  repository: Repository,
  file: string,
  name: string | null,
  depth = 0,
): { file: string; name: string | null } {
  const module = depth > 4 || name === null ? undefined : readPython(repository, file);
  const passed = name === null ? undefined : module?.imports.get(name);
  if (module === undefined || passed === undefined || module.assignments.has(name ?? '')) return { file, name };
  const next = resolvePython(repository, file, passed.module);
  return next === undefined ? { file, name } : followReexport(repository, next, passed.name ?? name, depth + 1);
}
