import type { Repository } from '../../repository/repository.ts';
import { child, type JavaScriptModule, nameOf, readModule, type SyntaxNode } from './javascript-module.ts';

/** The module and value behind a name: its own constant, or what another module exports. */
export function locate(repository: Repository, module: JavaScriptModule, name: string): Located | undefined {
  return locateIn({ repository, depth: 0 }, module, name);
}

/** A value and the module it stands in; without a node only the module is known. */
export interface Located {
  readonly module: JavaScriptModule;
  readonly node: SyntaxNode | undefined;
}

interface Search {
  readonly repository: Repository;
  /** How many modules passed the name on so far. */
  readonly depth: number;
}

function locateIn({ repository, depth }: Search, module: JavaScriptModule, name: string): Located | undefined {
  const deeper = { repository, depth: depth + 1 };
  const own = module.bindings.get(name);
  if (own !== undefined && !isRequire(own)) return { module, node: own };
  if (depth > 4) return undefined;
  for (const imported of module.imports) {
    const exported = imported.names.get(name);
    const other = exported === undefined || imported.file === null ? undefined : readModule(repository, imported.file);
    if (other === undefined || exported === undefined) continue;
    if (exported !== 'default' && exported !== '*')
      return locateIn(deeper, other, exported) ?? { module: other, node: undefined };
    const value = defaultExport(other);
    const alias = value?.type === 'Identifier' ? locateIn(deeper, other, nameOf(value) ?? '') : undefined;
    return alias ?? { module: other, node: value };
  }
  return undefined;
}

function isRequire(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && nameOf(child(node, 'callee')) === 'require';
}

/** What a module exports by default, or assigns to `module.exports`. */
export function defaultExport(module: JavaScriptModule): SyntaxNode | undefined {
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
