import { child, nameOf, type SyntaxNode } from './javascript-module.ts';

/**
 * The variable at the start of a chain: `app.route('/a').get(…)` is named `app`; a chain that starts with `new` has no
 * name.
 */
export function rootReceiver(node: SyntaxNode | undefined): string | undefined {
  let current = node;
  while (current?.type === 'CallExpression')
    current = child(child(current, 'callee'), 'object') ?? child(current, 'callee');
  if (current?.type === 'NewExpression') return '(chain)';
  if (current?.type === 'MemberExpression') return nameOf(child(current, 'property'));
  return nameOf(current);
}
