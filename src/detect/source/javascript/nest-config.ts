import type { Repository } from '../../repository/repository.ts';
import { functionNamed, returnedNodes } from './javascript-definitions.ts';
import { modulesWith } from './javascript-graph.ts';
import { defaultExport, type Located } from './javascript-locate.ts';
import { child, children, type JavaScriptModule, nameOf, type SyntaxNode } from './javascript-module.ts';
import { propertyValue } from './javascript-properties.ts';

/**
 * The value that `configService.get('app.port')` stands for: of an object that a module registers as `app`, or of one
 * that a module's exported function returns. Source: Nest's documentation, "Configuration".
 */
export function nestSetting(repository: Repository, file: string, key: string): Located | undefined {
  const [first = '', ...rest] = key.split('.');
  const last = rest.at(-1) ?? first;
  const mayName = (text: string): boolean =>
    text.includes(last) && (text.includes('registerAs') || /\bexport default\b|\bmodule\.exports\b/.test(text));
  for (const module of modulesWith(repository, file, mayName)) {
    const registered = module.calls.find((node) => isRegistration(node, first));
    const found =
      registered === undefined || rest.length === 0
        ? settingIn(module, functionBehind(module, defaultExport(module)), [first, ...rest])
        : settingIn(module, functionBehind(module, children(registered, 'arguments')[1]), rest);
    if (found !== undefined) return { module, node: found };
  }
  return undefined;
}

function isRegistration(node: SyntaxNode, name: string): boolean {
  return nameOf(child(node, 'callee')) === 'registerAs' && nameOf(children(node, 'arguments')[0]) === name;
}

function functionBehind(module: JavaScriptModule, node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.type === 'Identifier' ? functionNamed(module, nameOf(node) ?? '') : node;
}

function settingIn(
  module: JavaScriptModule,
  definition: SyntaxNode | undefined,
  path: readonly string[],
): SyntaxNode | undefined {
  if (definition === undefined || !/Function/.test(definition.type)) return undefined;
  return returnedNodes(module, definition)
    .map((object) => path.reduce(propertyValue, object as SyntaxNode | undefined))
    .find((value) => value !== undefined);
}
