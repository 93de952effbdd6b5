import type { Repository } from '../../repository/repository.ts';
import { joinUrl } from '../join-url.ts';
import type { Route } from '../route.ts';
import { moduleGraph } from './javascript-graph.ts';
import { child, children, type JavaScriptModule, lineOfNode, nameOf, type SyntaxNode } from './javascript-module.ts';
import { evaluate } from './javascript-value.ts';

interface RawRoute {
  readonly file: string;
  readonly receiver: string;
  readonly path: string;
  readonly line: number | null;
}

interface Mount {
  readonly file: string;
  readonly receiver: string;
  readonly prefix: string;
  /** The module mounted, or the name of a router of the same module. */
  readonly target: { readonly file: string; readonly name: string | null };
}

/** The GET routes that an entry file leads to, with the prefixes of the routers they hang under. */
export function javascriptRoutes(repository: Repository, entry: string): readonly Route[] {
  return repository.remember(`routes:${entry}`, () => {
    const modules = moduleGraph(repository, entry);
    const raw = modules.flatMap((module) => routesIn(repository, module));
    const mounts = modules.flatMap((module) => mountsIn(repository, module));
    const bases = new Map(modules.flatMap((module) => basePaths(module)));
    return raw.flatMap((route) =>
      prefixesOf(route.file, route.receiver, mounts, bases, []).map((prefix) => ({
        path: joinUrl(prefix, route.path),
        file: route.file,
        line: route.line,
      })),
    );
  });
}

const ROUTE_METHODS = new Set(['get', 'all', 'route', 'use', 'head']);

function routesIn(repository: Repository, module: JavaScriptModule): readonly RawRoute[] {
  return module.nodes.flatMap((node): readonly RawRoute[] => {
    if (node.type !== 'CallExpression') return [];
    const callee = child(node, 'callee');
    const method = callee?.type === 'MemberExpression' ? nameOf(child(callee, 'property')) : undefined;
    if (method === undefined || !ROUTE_METHODS.has(method)) return [];
    const receiver = rootReceiver(child(callee, 'object'));
    const [first, ...rest] = children(node, 'arguments');
    const line = lineOfNode(node);
    if (first?.type === 'ObjectExpression') {
      const path = objectText(first, 'url') ?? objectText(first, 'path');
      return path === undefined || receiver === undefined ? [] : [{ file: module.file, receiver, path, line }];
    }
    const path = evaluate(repository, module, first).literal;
    const handled =
      method === 'get' || method === 'all'
        ? rest.length > 0
        : rest.some(isFunction) || (method === 'route' && rest.length === 0);
    if (receiver === undefined || typeof path !== 'string' || !path.startsWith('/') || !handled) return [];
    return [{ file: module.file, receiver, path, line }];
  });
}

function isFunction(node: SyntaxNode): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

/** The variable at the start of a chain: `new Hono().basePath('/api').get(…)` is named by the variable it is bound to. */
function rootReceiver(node: SyntaxNode | undefined): string | undefined {
  let current = node;
  while (current?.type === 'CallExpression')
    current = child(child(current, 'callee'), 'object') ?? child(current, 'callee');
  if (current?.type === 'NewExpression') return '(chain)';
  if (current?.type === 'MemberExpression') return nameOf(child(current, 'property'));
  return nameOf(current);
}

function objectText(object: SyntaxNode, key: string): string | undefined {
  return nameOf(
    child(
      children(object, 'properties').find((property) => nameOf(child(property, 'key')) === key),
      'value',
    ),
  );
}

function mountsIn(repository: Repository, module: JavaScriptModule): readonly Mount[] {
  return module.nodes.flatMap((node): readonly Mount[] => {
    if (node.type !== 'CallExpression') return [];
    const callee = child(node, 'callee');
    const method = nameOf(child(callee, 'property'));
    if (method === undefined || !['use', 'route', 'register', 'mount', 'nest'].includes(method)) return [];
    const receiver = rootReceiver(child(callee, 'object')) ?? '';
    const args = children(node, 'arguments');
    const prefixed = args.find((argument) => argument.type === 'ObjectExpression');
    const literal = evaluate(repository, module, args[0]).literal;
    const prefix =
      (prefixed === undefined ? undefined : objectText(prefixed, 'prefix')) ??
      (typeof literal === 'string' ? literal : '');
    return args.flatMap((argument) => {
      const target = mountTarget(module, argument);
      return target === undefined ? [] : [{ file: module.file, receiver, prefix, target }];
    });
  });
}

function mountTarget(module: JavaScriptModule, node: SyntaxNode): Mount['target'] | undefined {
  if (node.type === 'CallExpression' || node.type === 'AwaitExpression') {
    const inner = node.type === 'AwaitExpression' ? child(node, 'argument') : node;
    const callee = child(inner, 'callee');
    const source =
      nameOf(callee) === 'require' || callee?.type === 'Import' ? nameOf(children(inner, 'arguments')[0]) : undefined;
    const imported = module.imports.find((candidate) => candidate.specifier === source);
    if (imported?.file) return { file: imported.file, name: null };
    return callee === undefined ? undefined : mountTarget(module, callee);
  }
  const name = node.type === 'MemberExpression' ? nameOf(child(node, 'object')) : nameOf(node);
  if (name === undefined || (node.type !== 'Identifier' && node.type !== 'MemberExpression')) return undefined;
  const imported = module.imports.find((candidate) => candidate.names.has(name));
  if (imported !== undefined) {
    const exported = imported.names.get(name);
    const isWhole = exported === 'default' || exported === '*';
    return imported.file === null ? undefined : { file: imported.file, name: isWhole ? null : (exported ?? null) };
  }
  return { file: module.file, name };
}

/** `basePath('/api')` of Hono and `new Router({ prefix: '/api' })` of Koa and others, by the variable they are bound to. */
function basePaths(module: JavaScriptModule): readonly (readonly [string, string])[] {
  return [...module.bindings].flatMap(([name, value]) => {
    const found = findBase(value);
    return found === undefined ? [] : [[`${module.file}#${name}`, found] as const];
  });
}

function findBase(value: SyntaxNode): string | undefined {
  let current: SyntaxNode | undefined = value;
  for (let steps = 0; current !== undefined && steps < 20; steps++) {
    if (current.type === 'NewExpression') {
      const options = children(current, 'arguments').find((argument) => argument.type === 'ObjectExpression');
      return options === undefined ? undefined : (objectText(options, 'prefix') ?? objectText(options, 'basePath'));
    }
    const callee = child(current, 'callee');
    if (nameOf(child(callee, 'property')) === 'basePath') return nameOf(children(current, 'arguments')[0]);
    current = child(callee, 'object');
  }
  return undefined;
}

function prefixesOf(
  file: string,
  receiver: string,
  mounts: readonly Mount[],
  bases: ReadonlyMap<string, string>,
  open: readonly string[],
): readonly string[] {
  const key = `${file}#${receiver}`;
  const own = bases.get(key) ?? '';
  if (open.includes(key) || open.length > 6) return [];
  const above = mounts.filter((mount) => {
    if (mount.target.file !== file) return false;
    if (mount.target.name !== null && mount.file === file) return mount.target.name === receiver;
    return mount.file !== file;
  });
  if (above.length === 0) return [own];
  return above.flatMap((mount) =>
    prefixesOf(mount.file, mount.receiver, mounts, bases, [...open, key]).map((prefix) =>
      joinUrl(joinUrl(prefix, mount.prefix), own),
    ),
  );
}
