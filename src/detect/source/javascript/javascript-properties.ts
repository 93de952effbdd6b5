import { child, children, nameOf, type SyntaxNode } from './javascript-module.ts';

/** The value of an object literal's property; `undefined` without one, and for anything but an object literal. */
export function propertyValue(object: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
  if (object?.type !== 'ObjectExpression') return undefined;
  const property = children(object, 'properties').find((candidate) => nameOf(child(candidate, 'key')) === name);
  return child(property, 'value');
}

/** The same, where the value is a text. */
export function textProperty(object: SyntaxNode | undefined, name: string): string | undefined {
  return nameOf(propertyValue(object, name));
}
