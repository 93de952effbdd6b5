import type { Repository } from '../../repository/repository.ts';
import { child, type JavaScriptModule, nameOf, readModule, type SyntaxNode } from './javascript-module.ts';

/** The module and value behind a name: its own constant, or what another module exports. */
export function locate(
  repository: Repository,
  module: JavaScriptModule,
  name: string,
  depth = 0,
): { module: JavaScriptModule; node: SyntaxNode | undefined } | undefined {
  const own = module.bindings.get(name);
  if (own !== undefined && !isRequire(own)) return { module, node: own };
  if (depth > 4) return undefined;
  for (const imported of module.imports) {
    const exported = imported.names.get(name);
    const other = exported === undefined || imported.file === null ? undefined : readModule(repository, imported.file);
    if (other === undefined || exported === undefined) continue;
    if (exported !== 'default' && exported !== '*')
      return locate(repository, other, exported, depth + 1) ?? { module: other, node: undefined };
    const value = defaultExport(other);
    const alias = value?.type === 'Identifier' ? locate(repository, other, nameOf(value) ?? '', depth + 1) : undefined;
    return alias ?? { module: other, node: value };
  }
  return undefined;
}

function isRequire(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && nameOf(child(node, 'callee')) === 'require';
}

/** What a module exports by default, or assigns to `module.exports`. */
function defaultExport(module: JavaScriptModule): SyntaxNode | undefined {
  for (const node of module.nodes) {
    if (node.type === 'ExportDefaultDeclaration') return child(node, 'declaration');
    const left = node.type === 'AssignmentExpression' ? child(node, 'left') : undefined;
    if (
      left?.type === 'MemberExpression' &&
      nameOf(child(left, 'object')) === 'module' &&
      nameOf(child(left, 'property')) === 'exports'
    ) {
      return child(node, 'right');
    }
  }
  return undefined;
}

/** `process.env`, `import.meta.env`, `Bun.env`. */
export function isEnvironment(node: SyntaxNode): boolean {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return false;
  const holder = child(node, 'object');
  return (
    nameOf(child(node, 'property')) === 'env' &&
    (holder?.type === 'MetaProperty' || ['process', 'Bun', 'Deno'].includes(nameOf(holder) ?? ''))
  );
}
