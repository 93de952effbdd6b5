import type { Repository } from '../../repository/repository.ts';
import type { StaticValue } from '../static-value.ts';
import { fromConfigFiles } from './config-package.ts';
import { isEnvironment, locate } from './javascript-locate.ts';
import { child, children, type JavaScriptModule, nameOf, readModule, type SyntaxNode } from './javascript-module.ts';

const UNKNOWN: StaticValue = { literal: null, variable: null };
const MAX_DEPTH = 12;

/**
 * What an expression of a module can be said to be, following constants, imports and the usual configuration idioms. Each
 * expression is looked at once, so that programs whose values refer to one another in many ways cost no more than their length.
 */
export function evaluate(
  repository: Repository,
  module: JavaScriptModule,
  node: SyntaxNode | undefined,
  depth = 0,
): StaticValue {
  if (node === undefined || depth > MAX_DEPTH) return UNKNOWN;
  const known = repository.remember('static-values', () => new WeakMap<SyntaxNode, StaticValue>());
  const earlier = known.get(node);
  if (earlier !== undefined) return earlier;
  // An expression that leads back to itself is unknown.
  known.set(node, UNKNOWN);
  const value = lookInto(repository, module, node, depth);
  known.set(node, value);
  return value;
}

function lookInto(repository: Repository, module: JavaScriptModule, node: SyntaxNode, depth: number): StaticValue {
  const inner = (key: string): StaticValue => evaluate(repository, module, child(node, key), depth + 1);
  switch (node.type) {
    case 'NumericLiteral':
    case 'StringLiteral':
      return { literal: node.value as string | number, variable: null };
    case 'TemplateLiteral':
      return template(repository, module, node, depth);
    case 'LogicalExpression':
      return either(inner('left'), inner('right'));
    case 'ConditionalExpression':
      return either(inner('consequent'), inner('alternate'));
    case 'BinaryExpression':
      return binary(String(node.operator), inner('left'), inner('right'));
    case 'UnaryExpression':
      return node.operator === '+' ? inner('argument') : UNKNOWN;
    case 'AwaitExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return inner(node.type === 'AwaitExpression' ? 'argument' : 'expression');
    case 'Identifier':
      return identifier(repository, module, nameOf(node) ?? '', depth);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return member(repository, module, node, depth);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return call(repository, module, node, depth);
    default:
      return UNKNOWN;
  }
}

function either(first: StaticValue, second: StaticValue): StaticValue {
  return { literal: first.literal ?? second.literal, variable: first.variable ?? second.variable };
}

function binary(operator: string, left: StaticValue, right: StaticValue): StaticValue {
  if (operator !== '+' || left.literal === null || right.literal === null) return UNKNOWN;
  const bothNumbers = typeof left.literal === 'number' && typeof right.literal === 'number';
  return {
    literal: bothNumbers ? Number(left.literal) + Number(right.literal) : `${left.literal}${right.literal}`,
    variable: left.variable ?? right.variable,
  };
}

function template(repository: Repository, module: JavaScriptModule, node: SyntaxNode, depth: number): StaticValue {
  const values = children(node, 'expressions').map((part) => evaluate(repository, module, part, depth + 1));
  const texts = children(node, 'quasis').map((part) => String((part.value as { cooked?: unknown }).cooked ?? ''));
  const variable = values.find((value) => value.variable !== null)?.variable ?? null;
  if (values.some((value) => value.literal === null)) return { literal: null, variable };
  return { literal: texts.map((text, index) => text + (values[index]?.literal ?? '')).join(''), variable };
}

function identifier(repository: Repository, module: JavaScriptModule, name: string, depth: number): StaticValue {
  const binding = module.bindings.get(name);
  if (binding !== undefined) return evaluate(repository, module, binding, depth + 1);
  const destructured = destructuredFrom(repository, module, name, depth);
  if (destructured !== undefined) return destructured;
  for (const imported of module.imports) {
    const exported = imported.names.get(name);
    const other = exported === undefined || imported.file === null ? undefined : readModule(repository, imported.file);
    if (other !== undefined && exported !== undefined) return identifier(repository, other, exported, depth + 1);
  }
  return UNKNOWN;
}

/** `const { PORT = 3000 } = process.env`, `const { port } = config`. */
function destructuredFrom(
  repository: Repository,
  module: JavaScriptModule,
  name: string,
  depth: number,
): StaticValue | undefined {
  for (const node of module.destructurings) {
    for (const property of children(child(node, 'id'), 'properties')) {
      const target = child(property, 'value');
      const local = target?.type === 'AssignmentPattern' ? child(target, 'left') : target;
      if (nameOf(local) !== name) continue;
      const key = nameOf(child(property, 'key')) ?? name;
      const fallback = evaluate(repository, module, child(target, 'right'), depth + 1);
      return either(propertyOf(repository, module, child(node, 'init'), key, depth + 1), fallback);
    }
  }
  return undefined;
}

function member(repository: Repository, module: JavaScriptModule, node: SyntaxNode, depth: number): StaticValue {
  const name = nameOf(child(node, 'property'));
  return name === undefined ? UNKNOWN : propertyOf(repository, module, child(node, 'object'), name, depth + 1);
}

function propertyOf(
  repository: Repository,
  module: JavaScriptModule,
  object: SyntaxNode | undefined,
  name: string,
  depth: number,
): StaticValue {
  if (object === undefined || depth > MAX_DEPTH) return UNKNOWN;
  if (isEnvironment(object)) return { literal: null, variable: name };
  if (object.type === 'ObjectExpression') {
    const property = children(object, 'properties').find((candidate) => nameOf(child(candidate, 'key')) === name);
    return evaluate(repository, module, child(property, 'value'), depth + 1);
  }
  const target = object.type === 'Identifier' ? locate(repository, module, nameOf(object) ?? '') : undefined;
  if (target?.node !== undefined && target.node !== object) {
    const direct = propertyOf(repository, target.module, target.node, name, depth + 1);
    if (direct.literal !== null || direct.variable !== null) return direct;
  }
  if (object.type === 'MemberExpression') {
    const key = nameOf(child(object, 'property'));
    const nested = key === undefined ? undefined : nestedObject(repository, module, object, depth);
    if (nested !== undefined) return propertyOf(repository, nested.module, nested.node, name, depth + 1);
  }
  return fromSchema(repository, target?.module ?? module, name, depth);
}

function nestedObject(
  repository: Repository,
  module: JavaScriptModule,
  node: SyntaxNode,
  depth: number,
): { module: JavaScriptModule; node: SyntaxNode } | undefined {
  const key = nameOf(child(node, 'property'));
  const object = child(node, 'object');
  const holder = object?.type === 'Identifier' ? locate(repository, module, nameOf(object) ?? '') : undefined;
  if (depth > MAX_DEPTH || holder?.node?.type !== 'ObjectExpression') return undefined;
  const value = child(
    children(holder.node, 'properties').find((candidate) => nameOf(child(candidate, 'key')) === key),
    'value',
  );
  return value === undefined ? undefined : { module: holder.module, node: value };
}

function call(repository: Repository, module: JavaScriptModule, node: SyntaxNode, depth: number): StaticValue {
  const callee = child(node, 'callee');
  const [first, second] = children(node, 'arguments');
  const method = callee?.type === 'MemberExpression' ? nameOf(child(callee, 'property')) : nameOf(callee);
  if (method === 'find' || method === 'map' || method === 'filter')
    return firstOfList(repository, module, child(callee, 'object'), depth);
  if (method === 'get' && isConfigPackage(module, child(callee, 'object')))
    return fromConfigFiles(repository, module.file, nameOf(first) ?? '');
  const value = evaluate(repository, module, first, depth + 1);
  if (method === 'default' || method === 'catch' || method === 'prefault')
    return either(value, evaluate(repository, module, child(callee, 'object'), depth + 1));
  if (method !== undefined && /^(get|getOrThrow|env|getenv|getEnv|number|string|int|integer|port)$/.test(method)) {
    const fallback = second?.type === 'ObjectExpression' ? UNKNOWN : evaluate(repository, module, second, depth + 1);
    if (typeof value.literal === 'string' && /^[A-Z][A-Z0-9_]*$/.test(value.literal)) {
      return either({ literal: null, variable: value.literal }, fallback);
    }
    if (method === 'get' && typeof value.literal === 'string')
      return appSetting(repository, module, value.literal, depth) ?? fallback;
    return fallback;
  }
  if (nameOf(callee) !== undefined) return value;
  return method !== undefined && /parse|coerce|toNumber|integer/i.test(method) ? value : UNKNOWN;
}

/** `app.get('port')` after `app.set('port', …)`. */
function appSetting(
  repository: Repository,
  module: JavaScriptModule,
  name: string,
  depth: number,
): StaticValue | undefined {
  for (const node of module.nodes) {
    const callee = node.type === 'CallExpression' ? child(node, 'callee') : undefined;
    if (nameOf(child(callee, 'property')) !== 'set') continue;
    const [key, value] = children(node, 'arguments');
    if (nameOf(key) === name) return evaluate(repository, module, value, depth + 1);
  }
  return undefined;
}

/** `env.PORT`, where a schema (zod, envalid, convict, joi) declares `PORT: ….default(3000)`. */
function fromSchema(repository: Repository, module: JavaScriptModule, name: string, depth: number): StaticValue {
  for (const node of module.properties.get(name) ?? []) {
    const value = child(node, 'value');
    const options =
      value?.type === 'ObjectExpression'
        ? value
        : children(value, 'arguments').find((argument) => argument.type === 'ObjectExpression');
    const declared =
      options === undefined
        ? evaluate(repository, module, value, depth + 1)
        : propertyOf(repository, module, options, 'default', depth + 1);
    const named = options === undefined ? UNKNOWN : propertyOf(repository, module, options, 'env', depth + 1);
    const variable =
      typeof named.literal === 'string' ? named.literal : /^[A-Z][A-Z0-9_]*$/.test(name) ? name : declared.variable;
    if (declared.literal !== null || variable !== null) return { literal: declared.literal, variable };
  }
  return /^[A-Z][A-Z0-9_]*PORT$|^PORT$/.test(name) ? { literal: null, variable: name } : UNKNOWN;
}

/** `[args.port, process.env.PORT, 3001].map(Number).find(Boolean)`: the first element that is known. */
function firstOfList(
  repository: Repository,
  module: JavaScriptModule,
  node: SyntaxNode | undefined,
  depth: number,
): StaticValue {
  if (node?.type !== 'ArrayExpression') return evaluate(repository, module, node, depth + 1);
  return children(node, 'elements').reduce(
    (known, element) => either(known, evaluate(repository, module, element, depth + 1)),
    UNKNOWN,
  );
}

function isConfigPackage(module: JavaScriptModule, object: SyntaxNode | undefined): boolean {
  return module.imports.some((imported) => imported.specifier === 'config' && imported.names.has(nameOf(object) ?? ''));
}
