import { frameworkOfClass, PYTHON_FRAMEWORKS } from '../../frameworks/python-frameworks.ts';
import { baseName } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { importedPython } from './imported-python.ts';
import { splitName } from './python-expression.ts';
import { pythonFiles } from './python-files.ts';
import type { PythonDefinition, PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';
import { resolvePythonName } from './resolve-python.ts';

/** A web application object of a Python file. */
export interface PythonApp {
  readonly file: string;
  readonly line: number;
  readonly framework: string;
  /** How a server names it: `app`, or `create_app` for a factory. */
  readonly name: string;
  readonly isFactory: boolean;
}

/** A function that returns an application. */
interface AppMaker extends PythonApp {
  readonly definition: PythonDefinition;
}

const MAKING = PYTHON_FRAMEWORKS.filter(({ classes }) => classes !== undefined);
const CLASS_NAMES = MAKING.flatMap(({ classes }) => classes ?? []);
const PACKAGES = MAKING.map(({ packages }) => packages.source.replace(/^\^|\$$/g, ''));
const IMPORTS_FRAMEWORK = new RegExp(`^[ \\t]*(?:from|import)[ \\t]+(?:${PACKAGES.join('|')})`, 'm');
/** Names that say that a function makes the application, not a part of it. */
const FACTORY = /^(create|make|build|get|init)_?(\w*_)?(app|application|api|server|flask|fastapi)\w*$/i;
/** Names of files that developers start. */
const ENTRY = /^(main|app|wsgi|asgi|run|server|api|index|manage|start)\.py$/;

/** Every application object and factory in the repository's own Python files, tests left out. */
export function pythonApps(repository: Repository): readonly PythonApp[] {
  return repository.remember('python-apps', () => {
    const mentioning = modulesWith(repository, CLASS_NAMES, IMPORTS_FRAMEWORK);
    const subclasses = mentioning.flatMap((module) => subclassesIn(repository, module));
    const modules = [...new Set([...mentioning, ...modulesWith(repository, subclasses)])];
    const objects = modules.flatMap((module) => objectsIn(repository, module));
    const makers = modules.flatMap((module) => makersIn(repository, module));
    const made = modulesWith(
      repository,
      makers.map(({ name }) => name),
    ).flatMap((module) => madeIn(repository, module, makers));
    const factories = makers.filter(({ name, definition }) => FACTORY.test(name) && !definition.needsArguments);
    return [...objects, ...factories, ...made, ...passedOn(repository, objects)];
  });
}

/** The modules whose text has one of the names at all: parsing every file would cost seconds. */
function modulesWith(repository: Repository, names: readonly string[], beside?: RegExp): readonly PythonModule[] {
  if (names.length === 0) return [];
  const pattern = new RegExp(`\\b(?:${[...new Set(names)].join('|')})\\b\\s*[(),:]`);
  const fits = (text: string): boolean => pattern.test(text) && beside?.test(text) !== false;
  return pythonFiles(repository)
    .filter((file) => fits(repository.text(file) ?? ''))
    .flatMap((file) => readPython(repository, file) ?? []);
}

function subclassesIn(repository: Repository, module: PythonModule): readonly string[] {
  return module.definitions
    .filter(({ kind, name }) => kind === 'class' && frameworkOf(repository, module, name) !== undefined)
    .map(({ name }) => name);
}

/** Application objects that a module itself constructs. */
function objectsIn(repository: Repository, module: PythonModule): readonly PythonApp[] {
  return module.assignments.flatMap(({ name, value, line, within }): readonly PythonApp[] => {
    if (within !== null || value.kind !== 'call' || name.includes('.')) return [];
    const framework = frameworkOf(repository, module, value.name);
    return framework === undefined ? [] : [{ file: module.file, line, framework, name, isFactory: false }];
  });
}

/** Functions that construct an application. */
function makersIn(repository: Repository, module: PythonModule): readonly AppMaker[] {
  const makers = new Map<PythonDefinition, AppMaker>();
  for (const { value, within } of [...module.assignments, ...module.returns]) {
    if (within === null || value.kind !== 'call' || makers.has(within)) continue;
    const framework = frameworkOf(repository, module, value.name);
    if (framework === undefined) continue;
    const { name, line } = within;
    makers.set(within, { file: module.file, line, framework, name, isFactory: true, definition: within });
  }
  return [...makers.values()];
}

/** The framework that a constructor's class belongs to, directly or through classes of the repository. */
function frameworkOf(repository: Repository, module: PythonModule, callee: string): string | undefined {
  return frameworkIn({ repository, depth: 0 }, module, callee);
}

interface ClassSearch {
  readonly repository: Repository;
  /** How many classes were made from one another so far. */
  readonly depth: number;
}

function frameworkIn({ repository, depth }: ClassSearch, module: PythonModule, callee: string): string | undefined {
  const { last } = splitName(callee);
  const origin = module.imports.get(callee.split('.')[0] ?? '')?.module;
  const known = origin === undefined ? undefined : frameworkOfClass(last, origin)?.name;
  if (known !== undefined || depth > 3) return known;
  const place = resolvePythonName(repository, module, callee);
  // Most calls are of functions: only a class of this name is worth parsing its file for.
  const hasClass = (repository.text(place?.file ?? '') ?? '').includes(`class ${last}`);
  const home = place === undefined || !hasClass ? undefined : readPython(repository, place.file);
  const own = home?.definitions.find(({ kind, name }) => kind === 'class' && name === last);
  for (const base of own?.bases ?? []) {
    const found =
      home === undefined || base === callee ? undefined : frameworkIn({ repository, depth: depth + 1 }, home, base);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `app = create_app()`: the usual `wsgi.py`, `run.py`, `main.py`, or the end of the file that defines the function. */
function madeIn(repository: Repository, module: PythonModule, makers: readonly AppMaker[]): readonly PythonApp[] {
  return module.assignments.flatMap(({ name, value, line, within }): readonly PythonApp[] => {
    if (within !== null || value.kind !== 'call' || name.includes('.')) return [];
    const target = resolvePythonName(repository, module, value.name);
    const maker = makers.find(
      (candidate) => candidate.name === splitName(value.name).last && candidate.file === target?.file,
    );
    return maker === undefined ? [] : [{ file: module.file, line, framework: maker.framework, name, isFactory: false }];
  });
}

/** `from config import app` in a file named like an entry: that file adds the routes, so it is the one to start. */
function passedOn(repository: Repository, objects: readonly PythonApp[]): readonly PythonApp[] {
  const homes = new Set(objects.map(({ file }) => file));
  return (
    pythonFiles(repository)
      .filter((file) => ENTRY.test(baseName(file)))
      // A package passes on what its modules have.
      .filter((file) =>
        importedPython(repository, file).some((from) => homes.has(from) || from.endsWith('__init__.py')),
      )
      .flatMap((file) => readPython(repository, file) ?? [])
      .flatMap((module) =>
        [...module.imports].flatMap(([local, origin]): readonly PythonApp[] => {
          const app = objects.find(({ name, file }) => name === origin.name && file !== module.file);
          const isPassed = app !== undefined && resolvePythonName(repository, module, local)?.file === app.file;
          return isPassed ? [{ ...app, file: module.file, line: origin.line, name: local }] : [];
        }),
      )
  );
}
