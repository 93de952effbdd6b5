import { baseName, parentOf } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../join-url.ts';
import { isHealthPath, type Route } from '../route.ts';
import { evaluatePython } from './evaluate-python.ts';
import { isGuard, isGuardedView } from './guarded-view.ts';
import { keywordOf, type PythonCall, type PythonExpression, pathOf, splitName, textOf } from './python-expression.ts';
import type { PlacedCall, PythonModule } from './python-module.ts';
import { readPython } from './read-python.ts';
import { resolvePython, resolvePythonName } from './resolve-python.ts';

const MAX_DEPTH = 6;

/** The paths of a Django project, from its root `urls.py` through `include(…)`. */
export function djangoRoutes(repository: Repository, directory: string): readonly Route[] {
  const root = rootUrls(repository, directory);
  return root === undefined ? [] : routesOf(repository, { file: root, name: 'urlpatterns', prefix: '' });
}

/** The `urls.py` beside the settings: the one that `ROOT_URLCONF` names, or the one next to `settings`. */
function rootUrls(repository: Repository, directory: string): string | undefined {
  const files = repository.filesBelow(directory).filter((file) => baseName(file) === 'urls.py');
  for (const file of repository.filesBelow(directory)) {
    if (!/settings(\/\w+)?\.py$/.test(file) || !repository.text(file)?.includes('ROOT_URLCONF')) continue;
    const named = textOf(readPython(repository, file)?.values.get('ROOT_URLCONF'));
    const found = named === undefined ? undefined : resolvePython(repository, file, named);
    if (found !== undefined) return found;
  }
  return files.find((file) => repository.filesIn(parentOf(file)).includes('settings.py')) ?? files[0];
}

/** A list of URL patterns: `urlpatterns` of a file, or another one by its name. */
interface UrlList {
  readonly file: string;
  readonly name: string;
  readonly prefix: string;
}

function routesOf(repository: Repository, list: UrlList, open: readonly string[] = []): readonly Route[] {
  const key = `${list.file}#${list.name}`;
  const module = readPython(repository, list.file);
  if (module === undefined || open.includes(key) || open.length > MAX_DEPTH) return [];
  return module.calls.flatMap((call): readonly Route[] => {
    const path = pathOfPattern(repository, module, { call, list });
    if (path === undefined) return [];
    const view = call.arguments[1] ?? keywordOf(call, 'view');
    const isIncluded = view?.kind === 'call' && splitName(view.name).last === 'include';
    if (!isIncluded)
      return isClosed(repository, module, { path, view }) ? [] : [{ path, file: list.file, line: call.line }];
    const included = includedList(repository, module, view);
    // The package of that name answers on the very path that it is included under.
    if (included === undefined && textOf(view.arguments[0])?.startsWith('health_check') === true)
      return [{ path, file: list.file, line: call.line }];
    return included === undefined ? [] : routesOf(repository, { ...included, prefix: path }, [...open, key]);
  });
}

/** Whether only known users are answered. Views are looked at where the answer matters: they are many. */
function isClosed(
  repository: Repository,
  module: PythonModule,
  { path, view }: { readonly path: string; readonly view: PythonExpression | undefined },
): boolean {
  if (path !== '/' && !isHealthPath(path)) return false;
  const name = view?.kind === 'call' ? view.name : pathOf(view);
  if (name === undefined) return false;
  if (isGuard(name)) return true;
  const place = resolvePythonName(repository, module, name.replace(/\.as_view$/, ''));
  const home = place === undefined ? undefined : readPython(repository, place.file);
  const definition = home?.definitions.find((candidate) => candidate.name === place?.name);
  return definition !== undefined && isGuardedView(repository, definition);
}

/** Where a pattern of the list answers, below the pattern that it stands in; `undefined`: it is none of the list. */
function pathOfPattern(
  repository: Repository,
  module: PythonModule,
  { call, list }: { readonly call: PlacedCall; readonly list: UrlList },
): string | undefined {
  const written = evaluatePython(repository, module, call.arguments[0] ?? keywordOf(call, 'route')).literal;
  if (typeof written !== 'string' || !isPattern(call) || call.assignedTo !== list.name) return undefined;
  let { outer } = call;
  while (outer !== null && !isPattern(outer)) outer = outer.outer;
  const prefix = outer === null ? list.prefix : pathOfPattern(repository, module, { call: outer, list });
  if (prefix === undefined) return undefined;
  return joinUrl(prefix, written.replace(/^\^/, '').replace(/\$$/, '').replace(/\/\?$/, '/'));
}

function isPattern({ name }: PythonCall): boolean {
  return /^(path|re_path|url)$/.test(splitName(name).last);
}

/** `include("app.urls")`, `include(("app.urls", "app"))`, `include(app.urls)`, `include(patterns)`. */
function includedList(
  repository: Repository,
  module: PythonModule,
  call: PythonCall,
): Pick<UrlList, 'file' | 'name'> | undefined {
  const [first] = call.arguments;
  const included = first?.kind === 'list' ? first.items[0] : first;
  const named = textOf(included);
  const path = pathOf(included);
  if (path !== undefined && module.values.get(path)?.kind === 'list') return { file: module.file, name: path };
  const file =
    named !== undefined
      ? resolvePython(repository, module.file, named)
      : path === undefined
        ? undefined
        : resolvePythonName(repository, module, path)?.file;
  return file === undefined ? undefined : { file, name: 'urlpatterns' };
}
