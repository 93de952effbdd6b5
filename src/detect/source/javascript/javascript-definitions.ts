import { functionAround, functionsOf } from './javascript-functions.ts';
import { child, children, type JavaScriptModule, nameOf, type SyntaxNode } from './javascript-module.ts';

/** The function that a module defines under a name, or `undefined`. */
export function functionNamed(module: JavaScriptModule, name: string): SyntaxNode | undefined {
  const bound = module.bindings.get(name);
  if (bound !== undefined && /^(ArrowFunctionExpression|FunctionExpression)$/.test(bound.type)) return bound;
  return module.nodes.find((node) => node.type === 'FunctionDeclaration' && nameOf(child(node, 'id')) === name);
}

/** What a function may give back, in the order of the text. */
export function returnedNodes(module: JavaScriptModule, definition: SyntaxNode): readonly SyntaxNode[] {
  const body = child(definition, 'body');
  if (body !== undefined && body.type !== 'BlockStatement') return [body];
  const functions = functionsOf(module);
  return module.nodes.flatMap((node) => {
    const value = node.type === 'ReturnStatement' ? child(node, 'argument') : undefined;
    const isOwn = value !== undefined && functionAround(functions, node)?.start === Number(definition.start ?? -1);
    return isOwn ? [value] : [];
  });
}

/** What a parameter of this name may be: what the module's own calls give it, then its default. */
export function parameterNodes(module: JavaScriptModule, name: string): readonly SyntaxNode[] {
  for (const { name: called, parameters } of functionsOf(module)) {
    const position = parameters.indexOf(name);
    if (position < 0) continue;
    const given = module.calls.flatMap((node) =>
      called !== null && nameOf(child(node, 'callee')) === called ? (children(node, 'arguments')[position] ?? []) : [],
    );
    const defaults = module.nodes.flatMap((node) =>
      node.type === 'AssignmentPattern' && nameOf(child(node, 'left')) === name ? (child(node, 'right') ?? []) : [],
    );
    return [...given, ...defaults];
  }
  return [];
}

/** What an object is given under a name: `this.port = …` and the fields of classes, `exports.port = …`. */
export function assignedNodes(
  module: JavaScriptModule,
  holder: 'this' | 'exports',
  name: string,
): readonly SyntaxNode[] {
  return module.nodes.flatMap((node) => {
    const isField = node.type === 'ClassProperty' && holder === 'this' && nameOf(child(node, 'key')) === name;
    if (isField) return child(node, 'value') ?? [];
    const left = node.type === 'AssignmentExpression' ? child(node, 'left') : undefined;
    const object = child(left, 'object');
    const isHolder = nameOf(object?.type === 'MemberExpression' ? child(object, 'property') : object) === holder;
    return isHolder && nameOf(child(left, 'property')) === name ? (child(node, 'right') ?? []) : [];
  });
}
