import { joinPath } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';
import { alternatives } from '../join-patterns.ts';
import type { StaticValue } from '../static-value.ts';
import { importedFiles } from './imported-files.ts';
import { fileGraph, modulesWith } from './javascript-graph.ts';
import { child, children, type JavaScriptModule, lineOfNode, nameOf, type SyntaxNode } from './javascript-module.ts';
import { propertyValue } from './javascript-properties.ts';
import { evaluate } from './javascript-value.ts';

/** A call that opens a server's port. */
export interface ListenCall {
  readonly file: string;
  readonly line: number | null;
  readonly value: StaticValue;
  /** How far this is the main server: `listen` on an HTTP application beats a socket server beside it. */
  readonly isMain: boolean;
}

/**
 * The port-opening calls that an entry file leads to, the nearest and most likely first; empty when it is no server.
 */
export function listenCalls(repository: Repository, entry: string): readonly ListenCall[] {
  return repository.remember(`listen:${entry}`, () => {
    const calls = modulesWith(repository, entry, mayListen).flatMap((module) => callsIn(repository, module));
    return [...calls].sort((a, b) => weight(b) - weight(a));
  });
}

function weight(call: ListenCall): number {
  const isKnown = call.value.literal !== null || call.value.variable !== null;
  return (call.isMain ? 2 : 0) + (isKnown ? 1 : 0);
}

function callsIn(repository: Repository, module: JavaScriptModule): readonly ListenCall[] {
  return module.nodes.flatMap((node): readonly ListenCall[] => {
    const found = portNode(module, node);
    if (found === undefined) return [];
    const value = found.node === null ? { literal: null, variable: null } : evaluate(repository, module, found.node);
    return [{ file: module.file, line: lineOfNode(node), value, isMain: found.isMain }];
  });
}

interface PortNode {
  /** `null`: it listens, on a default. */
  readonly node: SyntaxNode | null;
  readonly isMain: boolean;
}

const SERVE_NAMES = new Set([
  'serve',
  'startStandaloneServer',
  'createServer',
  'server',
  'Server',
  'WebSocketServer',
  'startServer',
]);

/** What the text of a file has that opens a port. */
const LISTENING = alternatives([
  /\b(?:listen|lift)\b/,
  new RegExp(`\\b(?:${[...SERVE_NAMES].join('|')})\\s*(?:<[^>]{0,200}>\\s*)?\\(`),
]);

/** Bun serves a default export that has `fetch`. Two patterns: one for both orders would try every pair of places. */
function mayListen(text: string): boolean {
  return LISTENING.test(text) || (/^export default\b/m.test(text) && /\bfetch\b/.test(text));
}

function portNode(module: JavaScriptModule, node: SyntaxNode): PortNode | undefined {
  if (node.type === 'ExportDefaultDeclaration') return bunDefaultExport(module, child(node, 'declaration'));
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const callee = child(node, 'callee');
  const isMethod = callee?.type === 'MemberExpression' || callee?.type === 'OptionalMemberExpression';
  const method = isMethod ? nameOf(child(callee, 'property')) : nameOf(callee);
  const args = children(node, 'arguments');
  if (isMethod && method === 'listen') return listenArgument(module, args);
  if (isMethod && method === 'lift' && nameOf(child(callee, 'object')) === 'sails') return { node: null, isMain: true };
  if (method !== undefined && SERVE_NAMES.has(method)) return servedPort(node, method);
  return undefined;
}

function listenArgument(module: JavaScriptModule, args: readonly SyntaxNode[]): PortNode | undefined {
  const [first] = args;
  if (first === undefined) return { node: null, isMain: false };
  if (first.type === 'ObjectExpression') {
    const port = propertyValue(first, 'port');
    return port === undefined ? undefined : { node: port, isMain: true };
  }
  if (first.type === 'ArrowFunctionExpression' || first.type === 'FunctionExpression') return undefined;
  const variable = nameOf(first);
  const bound = variable === undefined ? undefined : module.bindings.get(variable);
  const object = bound?.type === 'ObjectExpression' ? propertyValue(bound, 'port') : undefined;
  return { node: object ?? first, isMain: true };
}

function servedPort(node: SyntaxNode, method: string): PortNode | undefined {
  const args = children(node, 'arguments');
  for (const argument of args) {
    const options = argument.type === 'ObjectExpression' ? argument : undefined;
    const port = propertyValue(options, 'port') ?? propertyValue(propertyValue(options, 'listen'), 'port');
    if (port !== undefined)
      return { node: port, isMain: method !== 'WebSocketServer' && node.type !== 'NewExpression' };
    if (method === 'serve' && propertyValue(options, 'fetch') !== undefined) return { node: null, isMain: true };
  }
  const holder = nameOf(child(child(node, 'callee'), 'object'));
  const isRuntimeServe = method === 'serve' && (holder === 'Bun' || holder === 'Deno');
  return isRuntimeServe || (method === 'serve' && holder === undefined && args.length > 0)
    ? { node: null, isMain: true }
    : undefined;
}

function bunDefaultExport(module: JavaScriptModule, declaration: SyntaxNode | undefined): PortNode | undefined {
  const object = declaration?.type === 'Identifier' ? module.bindings.get(nameOf(declaration) ?? '') : declaration;
  if (object?.type !== 'ObjectExpression' || propertyValue(object, 'fetch') === undefined) return undefined;
  return { node: propertyValue(object, 'port') ?? null, isMain: true };
}

const FRAMEWORK_PACKAGES: readonly (readonly [RegExp, string])[] = [
  [/^@nestjs\/core$/, 'nest'],
  [/^next$/, 'next'],
  [/^fastify$/, 'fastify'],
  [/^(express|express-ws)$/, 'express'],
  [/^(hono|@hono\/.+)$/, 'hono'],
  [/^(koa|koa-.+)$/, 'koa'],
  [/^elysia$/, 'elysia'],
  [/^h3$/, 'h3'],
  [/^@hapi\/hapi$/, 'hapi'],
  [/^sails$/, 'sails'],
  [/^(restify|polka|micro|@feathersjs\/express|@loopback\/.+|@adonisjs\/core|json-server)$/, 'node'],
  [/^(@apollo\/server|apollo-server.*|graphql-yoga)$/, 'graphql'],
  [/^socket\.io$/, 'socket.io'],
  [/^(node:)?https?$/, 'node'],
];

/** The web framework that an entry file leads to; `null` when none of the known ones is imported. */
export function serverFramework(repository: Repository, entry: string): string | null {
  const specifiers = new Set(
    fileGraph(repository, entry).flatMap((file) =>
      importedFiles(repository, file).map(({ specifier }) => specifier.replace(/^npm:|@[\d^~].*$/g, '')),
    ),
  );
  const found = FRAMEWORK_PACKAGES.find(([pattern]) =>
    [...specifiers].some((specifier) => pattern.test(specifier) || pattern.test(specifier.split('/')[0] ?? '')),
  );
  return found?.[1] ?? null;
}

/** A server's usual entry files, in the order to look. */
export const NODE_ENTRIES: readonly string[] = ['', 'src', 'server', 'app', 'api', 'backend', 'lib', 'bin'].flatMap(
  (folder) =>
    ['server', 'index', 'app', 'main', 'www', 'start'].flatMap((stem) =>
      (stem === 'www' ? [''] : ['.ts', '.js', '.mjs', '.cjs', '.mts']).map((extension) =>
        joinPath(folder === '' ? '.' : folder, stem + extension),
      ),
    ),
);
