import { isAside } from '../../repository/aside.ts';
import { baseName, joinPath, parentOf, upwardsFrom } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { type PythonModule, readPython, resolvePythonName } from './read-python.ts';

/** A web application object of a Python file. */
export interface PythonApp {
  readonly file: string;
  readonly line: number;
  readonly framework: string;
  /** How a server names it: `app`, or `create_app` for a factory. */
  readonly name: string;
  readonly isFactory: boolean;
  /** A factory that a server cannot call by itself. */
  readonly needsArguments: boolean;
}

/** Class → framework; the package it comes from must fit. */
const CLASSES: Readonly<Record<string, readonly [string, RegExp]>> = {
  FastAPI: ['fastapi', /^fastapi/],
  Flask: ['flask', /^flask$/],
  APIFlask: ['flask', /^apiflask/],
  OpenAPI: ['flask', /^flask_openapi/],
  Quart: ['quart', /^quart/],
  Starlette: ['starlette', /^starlette/],
  Litestar: ['litestar', /^litestar/],
  Sanic: ['sanic', /^sanic/],
  Robyn: ['robyn', /^robyn/],
  BlackSheep: ['blacksheep', /^blacksheep/],
  Dash: ['dash', /^dash/],
  Bottle: ['bottle', /^bottle/],
};
const MAX_FILES = 4000;

/** Every application object and factory in the repository's own Python files, tests left out. */
export function pythonApps(repository: Repository): readonly PythonApp[] {
  return repository.remember('python-apps', () => {
    const apps = pythonFiles(repository).flatMap((file) => appsIn(repository, file));
    const factories = apps.filter((app) => app.isFactory);
    const made = pythonFiles(repository).flatMap((file) => madeByFactory(repository, file, factories));
    const objects = apps.filter((app) => !app.isFactory);
    const passed = pythonFiles(repository).flatMap((file) => passedOn(repository, file, objects));
    return [...apps.filter((app) => !app.needsArguments), ...made, ...passed];
  });
}

/** The repository's Python sources that are neither tests nor migrations. */
export function pythonFiles(repository: Repository): readonly string[] {
  return repository.remember('python-files', () =>
    [...repository.files]
      .filter(
        (file) =>
          file.endsWith('.py') &&
          !isAside(parentOf(file)) &&
          !isTestFile(file) &&
          !/(^|\/)(migrations|alembic|management)\//.test(file),
      )
      .slice(0, MAX_FILES),
  );
}

function isTestFile(file: string): boolean {
  return /^(tests?_.*|.*_tests?|tests?|conftest|setup|noxfile|tasks|fabfile)\.py$/.test(baseName(file));
}

function appsIn(repository: Repository, file: string): readonly PythonApp[] {
  const text = repository.text(file) ?? '';
  if (!Object.keys(CLASSES).some((name) => text.includes(`${name}(`))) return [];
  const module = readPython(repository, file);
  if (module === undefined) return [];
  const apps: PythonApp[] = [];
  let factory: { name: string; indent: number; line: number; needsArguments: boolean } | undefined;
  for (const { text: statement, indent, line } of module.lines) {
    const definition = /^(?:async\s+)?def\s+(\w+)\s*\((.*)\)\s*(?:->.*)?:/s.exec(statement);
    if (factory !== undefined && indent <= factory.indent) factory = undefined;
    if (definition !== null) {
      factory = { name: definition[1] ?? '', indent, line, needsArguments: requiresArguments(definition[2] ?? '') };
      continue;
    }
    const made =
      /^(?:global\s+\w+;\s*)?(\w+)\s*(?::\s*[\w.]+\s*)?=\s*([\w.]+)\(/.exec(statement) ??
      /^(return)\s+([\w.]+)\(/.exec(statement);
    const framework = made === null ? undefined : frameworkOf(module, made[2] ?? '');
    if (made === null || framework === undefined) continue;
    if (factory === undefined) {
      if (made[1] !== 'return')
        apps.push({ file, line, framework, name: made[1] ?? 'app', isFactory: false, needsArguments: false });
    } else if (
      /^(create|make|build|get|init)_?(\w*_)?(app|application|api|server|flask|fastapi)\w*$/i.test(factory.name)
    ) {
      apps.push({
        file,
        line: factory.line,
        framework,
        name: factory.name,
        isFactory: true,
        needsArguments: factory.needsArguments,
      });
    }
  }
  return apps;
}

function requiresArguments(parameters: string): boolean {
  const depthless = parameters.replace(/\[[^\]]*\]|\([^)]*\)/g, '');
  return depthless
    .split(',')
    .some(
      (parameter) =>
        parameter.trim() !== '' &&
        !parameter.includes('=') &&
        !parameter.trim().startsWith('*') &&
        parameter.trim() !== '/',
    );
}

function frameworkOf(module: PythonModule, callee: string): string | undefined {
  const known = CLASSES[callee.split('.').at(-1) ?? ''];
  const origin = module.imports.get(callee.split('.')[0] ?? '')?.module;
  if (known === undefined || origin === undefined) return undefined;
  return known[1].test(origin.split('.')[0] ?? '') ? known[0] : undefined;
}

/** `app = create_app()` in a file that starts a server: the usual `wsgi.py`, `run.py`, `main.py`. */
function madeByFactory(repository: Repository, file: string, factories: readonly PythonApp[]): readonly PythonApp[] {
  if (factories.length === 0) return [];
  const text = repository.text(file) ?? '';
  if (!factories.some((factory) => text.includes(`${factory.name}(`))) return [];
  const module = readPython(repository, file);
  return (module?.lines ?? []).flatMap(({ text: statement, indent, line }) => {
    const made = indent > 0 ? null : /^(\w+)\s*(?::[^=]+)?=\s*([\w.]+)\(/.exec(statement);
    if (made === null || module === undefined) return [];
    const target = resolvePythonName(repository, module, made[2] ?? '');
    const factory = factories.find(
      (candidate) => candidate.name === (made[2] ?? '').split('.').at(-1) && candidate.file === target?.file,
    );
    return factory === undefined
      ? []
      : [{ file, line, framework: factory.framework, name: made[1] ?? 'app', isFactory: false, needsArguments: false }];
  });
}

/** `from config import app` in a file named like an entry: that file adds the routes, so it is the one to start. */
function passedOn(repository: Repository, file: string, apps: readonly PythonApp[]): readonly PythonApp[] {
  if (apps.length === 0 || !/^(main|app|wsgi|asgi|run|server|api|index|manage|start)\.py$/.test(baseName(file)))
    return [];
  const module = readPython(repository, file);
  return [...(module?.imports ?? [])].flatMap(([local, origin]) => {
    const app = apps.find((candidate) => candidate.name === origin.name && candidate.file !== file);
    if (app === undefined || module === undefined || resolvePythonName(repository, module, local)?.file !== app.file)
      return [];
    const line =
      module.lines.find(({ text }) => /^from\b/.test(text) && text.includes(origin.name ?? local))?.line ?? 1;
    return [{ ...app, file, line, name: local }];
  });
}

/**
 * The directory that imports of a file are written from: above its packages (`__init__.py`), or where most of the
 * names that it imports from the repository are found.
 */
export function importRoot(repository: Repository, file: string): string {
  let directory = parentOf(file);
  while (directory !== '.' && repository.has(joinPath(directory, '__init__.py'))) directory = parentOf(directory);
  const module = readPython(repository, file);
  if (module === undefined) return directory;
  // Relative imports only work inside a package, whatever else its files are called.
  if ([...module.imports.values()].some(({ module: from }) => from.startsWith('.'))) return directory;
  const tops = new Set(
    [...module.imports.values()]
      .filter(({ module: from }) => !from.startsWith('.'))
      .map(({ module: from }) => from.split('.')[0] ?? ''),
  );
  const isRootOf = (place: string): boolean =>
    [...tops].some(
      (top) =>
        top !== '' &&
        joinPath(place, `${top}.py`) !== file &&
        (repository.has(joinPath(place, `${top}.py`)) || hasPython(repository, joinPath(place, top))),
    );
  if (isRootOf(directory)) return directory;
  return upwardsFrom(parentOf(file)).slice(0, 4).find(isRootOf) ?? directory;
}

function hasPython(repository: Repository, directory: string): boolean {
  return (
    repository.directories.includes(directory) && repository.filesBelow(directory).some((path) => path.endsWith('.py'))
  );
}
