import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../join-url.ts';
import type { Route, WantedRoutes } from '../route.ts';
import { functionAround, functionsOf, type JavaScriptFunction } from './javascript-functions.ts';
import { child, children, type JavaScriptModule, lineOfNode, nameOf, type SyntaxNode } from './javascript-module.ts';
import { mountsIn } from './javascript-mounts.ts';
import {
  type JavaScriptMount,
  type JavaScriptRouteGraph,
  type JavaScriptRouteHolder,
  javascriptPrefixes,
} from './javascript-prefixes.ts';
import { textProperty } from './javascript-properties.ts';
import { javascriptRouteModules } from './javascript-route-modules.ts';
import { evaluate } from './javascript-value.ts';
import { rootReceiver } from './root-receiver.ts';

interface RawRoute {
  readonly holder: JavaScriptRouteHolder;
  readonly path: string;
  readonly line: number | null;
}

/**
 * The GET routes that an entry file leads to, with the prefixes of the routers they hang under; only what leads to a
 * file that may have a wanted one is read.
 */
export function javascriptRoutes(repository: Repository, entry: string, wanted: WantedRoutes): readonly Route[] {
  return repository.remember(`routes:${wanted}:${entry}`, () => {
    const modules = javascriptRouteModules(repository, entry, wanted);
    const mounts: readonly JavaScriptMount[] = modules.flatMap((module) => mountsIn(repository, module));
    const graph: JavaScriptRouteGraph = {
      modules,
      mounts,
      bases: new Map(modules.flatMap(basePaths)),
      givers: new Map(),
    };
    return modules
      .flatMap((module) => routesIn(repository, module))
      .flatMap(({ holder, path, line }) =>
        javascriptPrefixes(graph, holder).map((prefix) => ({
          path: joinUrl(prefix, path),
          file: holder.module.file,
          line,
        })),
      );
  });
}

const ROUTE_METHODS = new Set(['get', 'all', 'route', 'use', 'head']);

function routesIn(repository: Repository, module: JavaScriptModule): readonly RawRoute[] {
  const functions = functionsOf(module);
  return module.calls.flatMap((node): readonly RawRoute[] => {
    const route = routePath(repository, module, node);
    if (route === undefined) return [];
    const within: JavaScriptFunction | null = functionAround(functions, node);
    return [{ holder: { module, name: route.receiver, within }, path: route.path, line: lineOfNode(node) }];
  });
}

function routePath(
  repository: Repository,
  module: JavaScriptModule,
  node: SyntaxNode,
): { readonly receiver: string; readonly path: string } | undefined {
  const callee = child(node, 'callee');
  const method = callee?.type === 'MemberExpression' ? nameOf(child(callee, 'property')) : undefined;
  const receiver = rootReceiver(child(callee, 'object'));
  if (method === undefined || receiver === undefined || !ROUTE_METHODS.has(method)) return undefined;
  const [first, ...rest] = children(node, 'arguments');
  if (first?.type === 'ObjectExpression') {
    const path = textProperty(first, 'url') ?? textProperty(first, 'path');
    return path === undefined ? undefined : { receiver, path };
  }
  if (rest.slice(0, -1).some(isGuard)) return undefined;
  const path = evaluate(repository, module, first).literal;
  const isHandled =
    method === 'get' || method === 'all'
      ? rest.length > 0
      : rest.some(isFunction) || (method === 'route' && rest.length === 0);
  return typeof path === 'string' && path.startsWith('/') && isHandled ? { receiver, path } : undefined;
}

/** `requireAuth`, `passport.authenticate('jwt')`: only known users get further. */
function isGuard(node: SyntaxNode): boolean {
  const called = node.type === 'CallExpression' ? child(node, 'callee') : node;
  const name = nameOf(called?.type === 'MemberExpression' ? child(called, 'property') : called) ?? '';
  return /^(?:is|require|ensure|check|verify|validate)?_?(?:auth|login|logged_?in|jwt|token|protect)/i.test(name);
}

function isFunction(node: SyntaxNode): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

/**
 * `basePath('/api')` of Hono and `new Router({ prefix: '/api' })` of Koa and others, by the variable they are bound
 * to.
 */
function basePaths(module: JavaScriptModule): readonly (readonly [string, string])[] {
  return [...module.bindings].flatMap(([name, value]) => {
    const found = findBase(value);
    return found === undefined ? [] : [[`${module.file}#${name}`, found] as const];
  });
}

const MAX_CHAIN = 20;

function findBase(value: SyntaxNode): string | undefined {
  let current: SyntaxNode | undefined = value;
  for (let steps = 0; current !== undefined && steps < MAX_CHAIN; steps++) {
    if (current.type === 'NewExpression') {
      const options = children(current, 'arguments').find((argument) => argument.type === 'ObjectExpression');
      return options === undefined ? undefined : (textProperty(options, 'prefix') ?? textProperty(options, 'basePath'));
    }
    const callee = child(current, 'callee');
    if (nameOf(child(callee, 'property')) === 'basePath') return nameOf(children(current, 'arguments')[0]);
    current = child(callee, 'object');
  }
  return undefined;
}
