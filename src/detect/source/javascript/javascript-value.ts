import type { Repository } from '../../repository/repository.ts';
import { either, isKnown, type StaticValue, sumOf, UNKNOWN_VALUE as UNKNOWN } from '../static-value.ts';
import { fromConfigFiles, isConfigPackage } from './config-package.ts';
import { assignedNodes, functionNamed, parameterNodes, returnedNodes } from './javascript-definitions.ts';
import { defaultExport, isEnvironment, locate } from './javascript-locate.ts';
import { child, children, type JavaScriptModule, nameOf, readModule, type SyntaxNode } from './javascript-module.ts';
import { propertyValue } from './javascript-properties.ts';
import { nestSetting } from './nest-config.ts';

const MAX_DEPTH = 12;

/** Where an expression stands: its names mean what this module makes them mean. */
interface Scope {
  readonly repository: Repository;
  readonly module: JavaScriptModule;
  /** How many steps led here. */
  readonly depth: number;
}

/**
 * What an expression of a module can be said to be, following constants, imports and the usual configuration idioms.
 * Each
 * expression is looked at once, so that programs whose values refer to one another in many ways cost no more than
 * their length.
 */
export function evaluate(repository: Repository, module: JavaScriptModule, node: SyntaxNode | undefined): StaticValue {
  return evaluateIn({ repository, module, depth: 0 }, node);
}

function evaluateIn(scope: Scope, node: SyntaxNode | undefined): StaticValue {
  if (node === undefined || scope.depth > MAX_DEPTH) return UNKNOWN;
  const known = scope.repository.remember('static-values', () => new WeakMap<SyntaxNode, StaticValue>());
  const earlier = known.get(node);
  if (earlier !== undefined) return earlier;
  // An expression that leads back to itself is unknown.
  known.set(node, UNKNOWN);
  const value = lookInto(deeper(scope), node);
  known.set(node, value);
  return value;
}

/** A step further, in the same module or in another one. */
function deeper(scope: Scope, module: JavaScriptModule = scope.module): Scope {
  return { ...scope, module, depth: scope.depth + 1 };
}

function lookInto(scope: Scope, node: SyntaxNode): StaticValue {
  const inner = (key: string): StaticValue => evaluateIn(scope, child(node, key));
  switch (node.type) {
    case 'NumericLiteral':
    case 'StringLiteral':
      return { literal: node.value as string | number, variable: null };
    case 'TemplateLiteral':
      return template(scope, node);
    case 'LogicalExpression':
      return either(inner('left'), inner('right'));
    case 'ConditionalExpression':
      return either(inner('consequent'), inner('alternate'));
    case 'BinaryExpression':
      return node.operator === '+' ? sumOf(inner('left'), inner('right')) : UNKNOWN;
    case 'UnaryExpression':
      return node.operator === '+' ? inner('argument') : UNKNOWN;
    case 'AwaitExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return inner(node.type === 'AwaitExpression' ? 'argument' : 'expression');
    case 'Identifier':
      return identifier(scope, nameOf(node) ?? '');
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return member(scope, node);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return call(scope, node);
    default:
      return UNKNOWN;
  }
}

function template(scope: Scope, node: SyntaxNode): StaticValue {
  const values = children(node, 'expressions').map((part) => evaluateIn(scope, part));
  const texts = children(node, 'quasis').map((part) => String((part.value as { cooked?: unknown }).cooked ?? ''));
  const variable = values.find((value) => value.variable !== null)?.variable ?? null;
  if (values.some((value) => value.literal === null)) return { literal: null, variable };
  return { literal: texts.map((text, index) => text + (values[index]?.literal ?? '')).join(''), variable };
}

function identifier(scope: Scope, name: string): StaticValue {
  const { module } = scope;
  const binding = module.bindings.get(name);
  if (binding !== undefined) return evaluateIn(scope, binding);
  const destructured = destructuredFrom(scope, name);
  if (isKnown(destructured)) return destructured;
  for (const imported of module.imports) {
    const exported = imported.names.get(name);
    const other =
      exported === undefined || imported.file === null ? undefined : readModule(scope.repository, imported.file);
    if (other !== undefined && exported !== undefined) return exportedValue(deeper(scope, other), exported);
  }
  return firstKnown(scope, parameterNodes(module, name));
}

/** What a module exports under a name: a variable of that name, or a property of what it exports as a whole. */
function exportedValue(scope: Scope, name: string): StaticValue {
  const own = scope.depth > MAX_DEPTH ? UNKNOWN : identifier(scope, name);
  if (isKnown(own)) return own;
  const ofWhole = evaluateIn(scope, propertyValue(defaultExport(scope.module), name));
  return isKnown(ofWhole) ? ofWhole : firstKnown(scope, assignedNodes(scope.module, 'exports', name));
}

function firstKnown(scope: Scope, nodes: readonly SyntaxNode[]): StaticValue {
  return nodes.reduce((known, node) => either(known, evaluateIn(scope, node)), UNKNOWN);
}

/** `const { PORT = 3000 } = process.env`, `const { port } = config`. */
function destructuredFrom(scope: Scope, name: string): StaticValue {
  for (const node of scope.module.destructurings) {
    for (const property of children(child(node, 'id'), 'properties')) {
      const target = child(property, 'value');
      const local = target?.type === 'AssignmentPattern' ? child(target, 'left') : target;
      if (nameOf(local) !== name) continue;
      const key = nameOf(child(property, 'key')) ?? name;
      const fallback = evaluateIn(scope, child(target, 'right'));
      return either(propertyOf(deeper(scope), child(node, 'init'), key), fallback);
    }
  }
  return UNKNOWN;
}

function member(scope: Scope, node: SyntaxNode): StaticValue {
  const name = nameOf(child(node, 'property'));
  return name === undefined ? UNKNOWN : propertyOf(deeper(scope), child(node, 'object'), name);
}

function propertyOf(scope: Scope, object: SyntaxNode | undefined, name: string): StaticValue {
  if (object === undefined || scope.depth > MAX_DEPTH) return UNKNOWN;
  if (isEnvironment(object)) return { literal: null, variable: name };
  if (object.type === 'ObjectExpression') return evaluateIn(scope, propertyValue(object, name));
  if (object.type === 'ThisExpression') return firstKnown(scope, assignedNodes(scope.module, 'this', name));
  const target =
    object.type === 'Identifier' ? locate(scope.repository, scope.module, nameOf(object) ?? '') : undefined;
  if (target?.node !== undefined && target.node !== object) {
    const direct = propertyOf(deeper(scope, target.module), target.node, name);
    if (direct.literal !== null || direct.variable !== null) return direct;
  }
  if (target !== undefined && target.node === undefined) {
    const exported = exportedValue(deeper(scope, target.module), name);
    if (isKnown(exported)) return exported;
  }
  if (object.type === 'MemberExpression') {
    const key = nameOf(child(object, 'property'));
    const nested = key === undefined ? undefined : nestedObject(scope, object);
    if (nested !== undefined) return propertyOf(deeper(scope, nested.module), nested.node, name);
  }
  return fromSchema(deeper(scope, target?.module), name);
}

function nestedObject(scope: Scope, node: SyntaxNode): { module: JavaScriptModule; node: SyntaxNode } | undefined {
  const key = nameOf(child(node, 'property'));
  const object = child(node, 'object');
  const holder =
    object?.type === 'Identifier' ? locate(scope.repository, scope.module, nameOf(object) ?? '') : undefined;
  if (scope.depth > MAX_DEPTH || holder?.node?.type !== 'ObjectExpression') return undefined;
  const value = child(
    children(holder.node, 'properties').find((candidate) => nameOf(child(candidate, 'key')) === key),
    'value',
  );
  return value === undefined ? undefined : { module: holder.module, node: value };
}

function call(scope: Scope, node: SyntaxNode): StaticValue {
  const callee = child(node, 'callee');
  const [first, second] = children(node, 'arguments');
  const method = callee?.type === 'MemberExpression' ? nameOf(child(callee, 'property')) : nameOf(callee);
  if (method === 'find' || method === 'map' || method === 'filter') return firstOfList(scope, child(callee, 'object'));
  if (method === 'get' && isConfigPackage(scope.module, child(callee, 'object')))
    return fromConfigFiles(scope.repository, scope.module.file, nameOf(first) ?? '');
  const value = evaluateIn(scope, first);
  if (method === 'default' || method === 'catch' || method === 'prefault')
    return either(value, evaluateIn(scope, child(callee, 'object')));
  if (method !== undefined && /^(get|getOrThrow|env|getenv|getEnv|number|string|int|integer|port)$/.test(method)) {
    const fallback = second?.type === 'ObjectExpression' ? UNKNOWN : evaluateIn(scope, second);
    if (typeof value.literal === 'string' && /^[A-Z][A-Z0-9_]*$/.test(value.literal)) {
      return either({ literal: null, variable: value.literal }, fallback);
    }
    const isGet = method === 'get' || method === 'getOrThrow';
    return isGet && typeof value.literal === 'string' ? either(setting(scope, value.literal), fallback) : fallback;
  }
  const returned = nameOf(callee) === undefined ? UNKNOWN : returnedBy(scope, nameOf(callee) ?? '');
  if (isKnown(returned)) return returned;
  if (nameOf(callee) !== undefined) return value;
  return method !== undefined && /parse|coerce|toNumber|integer/i.test(method) ? value : UNKNOWN;
}

/** What a function of the module, or of one that it imports, gives back. */
function returnedBy(scope: Scope, name: string): StaticValue {
  const { module, repository } = scope;
  const imported = module.imports.find((candidate) => candidate.file !== null && candidate.names.has(name));
  const home = imported?.file == null ? module : readModule(repository, imported.file);
  const definition = home === undefined ? undefined : functionNamed(home, imported?.names.get(name) ?? name);
  return home === undefined || definition === undefined
    ? UNKNOWN
    : firstKnown(deeper(scope, home), returnedNodes(home, definition));
}

/** What `app.get('port')` and `config.get('app.port')` give. */
function setting(scope: Scope, name: string): StaticValue {
  const set = appSetting(scope, name);
  if (set !== undefined) return set;
  const configured = scope.depth > MAX_DEPTH ? undefined : nestSetting(scope.repository, scope.module.file, name);
  if (configured !== undefined) return evaluateIn(deeper(scope, configured.module), configured.node);
  // Feathers sets what the same files have. Source: its documentation, "Configuration".
  return fromConfigFiles(scope.repository, scope.module.file, name);
}

/** `app.get('port')` after `app.set('port', …)`. */
function appSetting(scope: Scope, name: string): StaticValue | undefined {
  for (const node of scope.module.calls) {
    const callee = child(node, 'callee');
    if (nameOf(child(callee, 'property')) !== 'set') continue;
    const [key, value] = children(node, 'arguments');
    if (nameOf(key) === name) return evaluateIn(scope, value);
  }
  return undefined;
}

/** `env.PORT`, where a schema (zod, envalid, convict, joi) declares `PORT: ….default(3000)`. */
function fromSchema(scope: Scope, name: string): StaticValue {
  for (const node of scope.module.properties.get(name) ?? []) {
    const value = child(node, 'value');
    const options =
      value?.type === 'ObjectExpression'
        ? value
        : children(value, 'arguments').find((argument) => argument.type === 'ObjectExpression');
    const declared = options === undefined ? evaluateIn(scope, value) : propertyOf(deeper(scope), options, 'default');
    const named = options === undefined ? UNKNOWN : propertyOf(deeper(scope), options, 'env');
    const variable =
      typeof named.literal === 'string' ? named.literal : /^[A-Z][A-Z0-9_]*$/.test(name) ? name : declared.variable;
    if (declared.literal !== null || variable !== null) return { literal: declared.literal, variable };
  }
  return /^[A-Z][A-Z0-9_]*PORT$|^PORT$/.test(name) ? { literal: null, variable: name } : UNKNOWN;
}

/** `[args.port, process.env.PORT, 3001].map(Number).find(Boolean)`: the first element that is known. */
function firstOfList(scope: Scope, node: SyntaxNode | undefined): StaticValue {
  if (node?.type !== 'ArrayExpression') return evaluateIn(scope, node);
  return children(node, 'elements').reduce((known, element) => either(known, evaluateIn(scope, element)), UNKNOWN);
}
