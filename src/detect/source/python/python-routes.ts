import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../javascript/javascript-routes.ts';
import type { Route } from '../route.ts';
import { callArguments, evaluatePython, keywordArgument } from './evaluate-python.ts';
import { type PythonModule, readPython, resolvePythonName } from './read-python.ts';

interface Mount {
  readonly file: string;
  readonly receiver: string;
  readonly prefix: string;
  readonly target: { readonly file: string; readonly name: string | null };
}

const MAX_MODULES = 120;
const MOUNTERS = 'include_router|register_blueprint|mount|add_namespace|register_blueprints|blueprint|add_router';

/** The GET routes of a Flask, FastAPI or similar application, from its entry file through routers and blueprints. */
export function pythonRoutes(repository: Repository, entry: string): readonly Route[] {
  return repository.remember(`pyroutes:${entry}`, () => {
    const modules = pythonGraph(repository, entry);
    const mounts = modules.flatMap((module) => mountsIn(repository, module));
    return modules.flatMap((module) =>
      routesIn(repository, module).flatMap(({ receiver, path, line }) =>
        prefixesOf(repository, module, receiver, mounts, []).map((prefix) => ({
          path: joinUrl(prefix, path),
          file: module.file,
          line,
        })),
      ),
    );
  });
}

/** The modules that an entry file pulls in from the repository itself, the entry first. */
function pythonGraph(repository: Repository, entry: string): readonly PythonModule[] {
  const queue = [entry];
  const modules: PythonModule[] = [];
  for (let next = 0; next < queue.length && modules.length < MAX_MODULES; next++) {
    const module = readPython(repository, queue[next] ?? '');
    if (module === undefined) continue;
    modules.push(module);
    for (const name of module.imports.keys()) {
      const target = resolvePythonName(repository, module, name);
      if (target !== undefined && !queue.includes(target.file)) queue.push(target.file);
    }
  }
  return modules;
}

function routesIn(
  repository: Repository,
  module: PythonModule,
): readonly { receiver: string; path: string; line: number }[] {
  return module.lines.flatMap(({ text, line }) => {
    const decorator = /^@(\w+)\.(get|route|api_route|head)\s*(\(.*)$/s.exec(text);
    if (decorator !== null) {
      const [, receiver = '', , call = ''] = decorator;
      if (/methods\s*=\s*\[(?![^\]]*GET)/i.test(call)) return [];
      return routePath(repository, module, call).map((path) => ({ receiver, path, line }));
    }
    const added = /^(\w+)\.(add_url_rule|add_api_route|add_resource|add_route|add_get)\s*(\(.*)$/s.exec(text);
    if (added === null) return [];
    const [, receiver = '', , call = ''] = added;
    const path = callArguments(call).find((argument) => /^["']\//.test(argument));
    return path === undefined ? [] : [{ receiver, path: path.slice(1, -1), line }];
  });
}

function routePath(repository: Repository, module: PythonModule, call: string): readonly string[] {
  const [first = ''] = callArguments(call);
  const given = /^\w+\s*=/.test(first) ? (keywordArgument(call, 'path') ?? keywordArgument(call, 'rule') ?? '') : first;
  const { literal } = evaluatePython(repository, module, given);
  return typeof literal === 'string' ? [literal] : [];
}

function mountsIn(repository: Repository, module: PythonModule): readonly Mount[] {
  return module.lines.flatMap(({ text }) => {
    const match = new RegExp(`^(?:\\w+\\s*=\\s*)?(\\w+)\\.(?:${MOUNTERS})\\s*(\\(.*)$`, 's').exec(text);
    if (match === null) return [];
    const [, receiver = '', call = ''] = match;
    const args = callArguments(call);
    const literalFirst = /^["']/.test(args[0] ?? '');
    const mounted = (literalFirst ? args[1] : args[0])?.replace(/^\w+\s*=\s*/, '').replace(/\(.*$/s, '') ?? '';
    const written =
      keywordArgument(call, 'prefix') ??
      keywordArgument(call, 'url_prefix') ??
      keywordArgument(call, 'path') ??
      (literalFirst ? (args[0] ?? '') : '');
    const prefix = written === '' ? '' : evaluatePython(repository, module, written).literal;
    const target = resolvePythonName(repository, module, mounted);
    if (target === undefined || typeof prefix !== 'string') return [];
    return [{ file: module.file, receiver, prefix, target }];
  });
}

function prefixesOf(
  repository: Repository,
  module: PythonModule,
  receiver: string,
  mounts: readonly Mount[],
  open: readonly string[],
): readonly string[] {
  const key = `${module.file}#${receiver}`;
  if (open.includes(key) || open.length > 6) return [];
  const own = ownPrefix(repository, module, receiver);
  const above = mounts.filter(
    (mount) => mount.target.file === module.file && (mount.target.name === receiver || mount.target.name === null),
  );
  if (above.length === 0) return [own];
  return above.flatMap((mount) => {
    const holder = readPython(repository, mount.file);
    if (holder === undefined) return [];
    return prefixesOf(repository, holder, mount.receiver, mounts, [...open, key]).map((prefix) =>
      joinUrl(joinUrl(prefix, mount.prefix), own),
    );
  });
}

/** `APIRouter(prefix="/users")`, `Blueprint("users", __name__, url_prefix="/users")`. */
function ownPrefix(repository: Repository, module: PythonModule, receiver: string): string {
  const construction = module.assignments.get(receiver);
  if (construction === undefined || !/^[\w.]+\(/.test(construction)) return '';
  const written = keywordArgument(construction, 'prefix') ?? keywordArgument(construction, 'url_prefix');
  const { literal } = written === undefined ? { literal: '' } : evaluatePython(repository, module, written);
  return typeof literal === 'string' ? literal : '';
}
