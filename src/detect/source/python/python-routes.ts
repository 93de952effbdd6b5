import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../join-url.ts';
import type { Route, WantedRoutes } from '../route.ts';
import { evaluatePython } from './evaluate-python.ts';
import { asksForUser, isGuardedView } from './guarded-view.ts';
import { keywordOf, type PythonCall, splitName, textOf } from './python-expression.ts';
import type { PythonDefinition, PythonModule } from './python-module.ts';
import { type PythonMount, type PythonRouteGraph, pythonPrefixes } from './python-prefixes.ts';
import { pythonRouteModules } from './python-route-modules.ts';
import { readPython } from './read-python.ts';
import { resolvePythonName } from './resolve-python.ts';

/** Methods that decorate a handler of GET requests. */
const DECORATORS = new Set(['get', 'route', 'api_route', 'head']);
/** Methods that are given a path and a handler. */
const ADDERS = new Set(['add_url_rule', 'add_api_route', 'add_resource', 'add_route', 'add_get']);
/** Methods that hang a router below another; with `replaces` a prefix given takes the place of the router's own. */
const MOUNTERS: Readonly<Record<string, { readonly replaces: boolean }>> = {
  include_router: { replaces: false },
  add_router: { replaces: false },
  mount: { replaces: false },
  register_blueprint: { replaces: true },
  register_blueprints: { replaces: true },
  blueprint: { replaces: true },
  add_namespace: { replaces: true },
};

/**
 * The GET routes of an application among which the wanted ones are, from its entry file through routers; those whose
 * whole path cannot be proved are left out.
 */
export function pythonRoutes(repository: Repository, entry: string, wanted: WantedRoutes): readonly Route[] {
  return repository.remember(`pyroutes:${wanted}:${entry}`, () => {
    const modules = pythonRouteModules(repository, entry, wanted);
    const mounts = modules.flatMap((module) => mountsIn(repository, module));
    const graph: PythonRouteGraph = { repository, modules, mounts, givers: new Map() };
    return modules.flatMap((module) =>
      routesIn(repository, module).flatMap(({ receiver, path, line, within }) =>
        pythonPrefixes(graph, { module, name: receiver, within }).map((prefix) => ({
          path: joinUrl(prefix, path),
          file: module.file,
          line,
        })),
      ),
    );
  });
}

/** How many routes and routers a file itself registers. */
export function countRegistrations(repository: Repository, file: string): number {
  const module = readPython(repository, file);
  return module === undefined ? 0 : routesIn(repository, module).length + mountsIn(repository, module).length;
}

interface RawRoute {
  readonly receiver: string;
  readonly path: string;
  readonly line: number;
  readonly within: PythonDefinition | null;
}

function routesIn(repository: Repository, module: PythonModule): readonly RawRoute[] {
  const decorated = module.definitions.flatMap((definition) => {
    const routes = definition.decorators.flatMap((call) => decoratedRoute(repository, module, call));
    const isOpen = routes.length > 0 && !isGuardedView(repository, definition);
    return isOpen ? routes.map((route) => ({ ...route, within: definition.outer })) : [];
  });
  const added = module.calls.flatMap((call): readonly RawRoute[] => {
    const { holder, last } = splitName(call.name);
    const path = call.arguments.map(textOf).find((text) => text?.startsWith('/'));
    if (holder === '' || path === undefined || !ADDERS.has(last)) return [];
    return [{ receiver: holder, path, line: call.line, within: call.within }];
  });
  return [...decorated, ...added];
}

function decoratedRoute(
  repository: Repository,
  module: PythonModule,
  call: PythonCall,
): readonly Omit<RawRoute, 'within'>[] {
  const { holder, last } = splitName(call.name);
  const methods = keywordOf(call, 'methods');
  const takesGet = methods?.kind !== 'list' || methods.items.some((method) => textOf(method)?.toUpperCase() === 'GET');
  if (holder === '' || !DECORATORS.has(last) || !takesGet || asksForUser(keywordOf(call, 'dependencies'))) return [];
  const { literal } = evaluatePython(repository, module, call.arguments[0] ?? keywordOf(call, 'path', 'rule'));
  return typeof literal === 'string' ? [{ receiver: holder, path: literal, line: call.line }] : [];
}

function mountsIn(repository: Repository, module: PythonModule): readonly PythonMount[] {
  return module.calls.flatMap((call): readonly PythonMount[] => {
    const { holder, last } = splitName(call.name);
    const way = MOUNTERS[last];
    if (way === undefined || holder === '' || asksForUser(keywordOf(call, 'dependencies'))) return [];
    const [first, second] = call.arguments;
    const isPathFirst = first?.kind === 'text' || first?.kind === 'joined';
    const mounted = (isPathFirst ? second : first) ?? keywordOf(call, 'router', 'blueprint', 'app');
    const name = mounted?.kind === 'call' ? mounted.name : mounted?.kind === 'name' ? mounted.path : undefined;
    const target = name === undefined ? undefined : resolvePythonName(repository, module, name);
    const written = keywordOf(call, 'prefix', 'url_prefix', 'path') ?? (isPathFirst ? first : undefined);
    const prefix = written === undefined ? '' : evaluatePython(repository, module, written).literal;
    if (target === undefined || typeof prefix !== 'string') return [];
    const replaces = way.replaces && written !== undefined;
    return [{ holder: { module, name: holder, within: call.within }, prefix, replaces, target }];
  });
}
