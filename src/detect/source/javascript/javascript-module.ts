import { parse } from '@babel/parser';
import type { Repository } from '../../repository/repository.ts';
import { resolveImport } from './resolve-import.ts';

/** A node of the syntax tree, as far as the readers here need it. */
export interface SyntaxNode {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number } } | null;
  readonly [key: string]: unknown;
}

/** A parsed JavaScript or TypeScript file with what it binds and imports. */
export interface JavaScriptModule {
  readonly file: string;
  readonly program: SyntaxNode;
  /** Every node, outer before inner. */
  readonly nodes: readonly SyntaxNode[];
  /** Those of them that call something: most questions are about these, and they are few. */
  readonly calls: readonly SyntaxNode[];
  /** The value that each plainly declared variable starts with. */
  readonly bindings: ReadonlyMap<string, SyntaxNode>;
  readonly imports: readonly ModuleImport[];
  /** The properties of all object literals, by name. */
  readonly properties: ReadonlyMap<string, readonly SyntaxNode[]>;
  /** The declarations that take an object apart: `const { a } = b`. */
  readonly destructurings: readonly SyntaxNode[];
}

export interface ModuleImport {
  readonly specifier: string;
  /** The repository's own file behind the specifier; `null` for packages. */
  readonly file: string | null;
  /** Local name → exported name (`default`, `*` for the whole module). */
  readonly names: ReadonlyMap<string, string>;
}

const MAX_SOURCE_CHARACTERS = 200_000;

/** Parses a source file, tolerating mistakes; `undefined` when it is missing, far too large or not JavaScript. */
export function readModule(repository: Repository, file: string): JavaScriptModule | undefined {
  return repository.remember(`module:${file}`, () => {
    const text = repository.text(file);
    if (text === undefined || text.length > MAX_SOURCE_CHARACTERS) return undefined;
    const program = parseSource(text, file);
    if (program === undefined) return undefined;
    const nodes = descendants(program);
    return {
      file,
      program,
      nodes,
      calls: nodes.filter((node) => node.type === 'CallExpression'),
      bindings: bindingsOf(nodes),
      imports: importsOf(repository, file, nodes),
      properties: propertiesOf(nodes),
      destructurings: nodes.filter(
        (node) => node.type === 'VariableDeclarator' && child(node, 'id')?.type === 'ObjectPattern',
      ),
    };
  });
}

function parseSource(text: string, file: string): SyntaxNode | undefined {
  const typescript = /\.[cm]?tsx?$/.test(file);
  const jsx = !/\.[cm]?ts$/.test(file);
  try {
    const tree = parse(text, {
      sourceType: 'unambiguous',
      errorRecovery: true,
      attachComment: false,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
      plugins: [typescript ? 'typescript' : 'flow', ...(jsx ? (['jsx'] as const) : []), 'decorators-legacy'],
    });
    return tree.program as unknown as SyntaxNode;
  } catch {
    // Not JavaScript after all, or a dialect: nothing to learn from it.
    return undefined;
  }
}

/** Every node of a tree. The open ones are kept in a list: a deep tree must not exhaust the stack. */
function descendants(root: SyntaxNode): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const open: SyntaxNode[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes.push(next);
    for (const value of Object.values(next).reverse()) {
      if (isNode(value)) open.push(value);
      else if (Array.isArray(value))
        for (let index = value.length - 1; index >= 0; index--) if (isNode(value[index])) open.push(value[index]);
    }
  }
  return nodes;
}

/** Whether a value found in the tree is a node of its own. */
function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The node under a key, or `undefined`. */
export function child(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  const value = node?.[key];
  return isNode(value) ? value : undefined;
}

/** The nodes of a list under a key. */
export function children(node: SyntaxNode | undefined, key: string): readonly SyntaxNode[] {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The name of an identifier or the text of a string; what a property is called. */
export function nameOf(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'Identifier') return String(node.name);
  if (node?.type === 'StringLiteral') return String(node.value);
  if (node?.type === 'PrivateName') return nameOf(child(node, 'id'));
  if (node?.type === 'ThisExpression') return 'this';
  if (node?.type === 'TemplateLiteral' && children(node, 'expressions').length === 0) {
    return String((children(node, 'quasis')[0]?.value as { cooked?: unknown } | undefined)?.cooked ?? '');
  }
  return undefined;
}

export function lineOfNode(node: SyntaxNode): number | null {
  return node.loc?.start.line ?? null;
}

function bindingsOf(nodes: readonly SyntaxNode[]): ReadonlyMap<string, SyntaxNode> {
  const bindings = new Map<string, SyntaxNode>();
  for (const node of nodes) {
    if (node.type !== 'VariableDeclarator') continue;
    const name = nameOf(child(node, 'id'));
    const value = child(node, 'init');
    if (name !== undefined && value !== undefined && !bindings.has(name)) bindings.set(name, value);
  }
  return bindings;
}

function propertiesOf(nodes: readonly SyntaxNode[]): ReadonlyMap<string, readonly SyntaxNode[]> {
  const properties = new Map<string, SyntaxNode[]>();
  for (const node of nodes) {
    const name = node.type === 'ObjectProperty' ? nameOf(child(node, 'key')) : undefined;
    if (name === undefined) continue;
    const same = properties.get(name);
    if (same === undefined) properties.set(name, [node]);
    else same.push(node);
  }
  return properties;
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'VariableDeclarator',
  'ImportExpression',
  'CallExpression',
]);

function importsOf(repository: Repository, file: string, nodes: readonly SyntaxNode[]): readonly ModuleImport[] {
  const importOf = (source: SyntaxNode | undefined, names: ModuleImport['names']): readonly ModuleImport[] => {
    const specifier = nameOf(source);
    return specifier === undefined ? [] : [{ specifier, file: resolveImport(repository, file, specifier), names }];
  };
  const importing = nodes.filter(({ type }) => IMPORTING.has(type));
  return importing.flatMap((node): readonly ModuleImport[] => {
    if (node.type === 'ImportDeclaration') return importOf(child(node, 'source'), namesOfImport(node));
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      return importOf(child(node, 'source'), new Map());
    }
    if (node.type === 'VariableDeclarator') {
      const call = unwrapAwait(child(node, 'init'));
      if (call !== undefined) return importOf(requiredSource(call), namesOfPattern(child(node, 'id')));
      return [];
    }
    const source = requiredSource(node);
    return source === undefined ? [] : importOf(source, new Map());
  });
}

function unwrapAwait(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.type === 'AwaitExpression' ? child(node, 'argument') : node;
}

function requiredSource(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'ImportExpression') return child(node, 'source');
  if (node.type !== 'CallExpression') return undefined;
  const callee = child(node, 'callee');
  return nameOf(callee) === 'require' || callee?.type === 'Import' ? children(node, 'arguments')[0] : undefined;
}

function namesOfImport(node: SyntaxNode): ReadonlyMap<string, string> {
  return new Map(
    children(node, 'specifiers').map((specifier) => {
      const local = nameOf(child(specifier, 'local')) ?? '';
      if (specifier.type === 'ImportDefaultSpecifier') return [local, 'default'];
      if (specifier.type === 'ImportNamespaceSpecifier') return [local, '*'];
      return [local, nameOf(child(specifier, 'imported')) ?? local];
    }),
  );
}

function namesOfPattern(pattern: SyntaxNode | undefined): ReadonlyMap<string, string> {
  const whole = nameOf(pattern);
  if (whole !== undefined) return new Map([[whole, '*']]);
  return new Map(
    children(pattern, 'properties').map((property) => {
      const key = nameOf(child(property, 'key')) ?? '';
      return [nameOf(child(property, 'value')) ?? key, key];
    }),
  );
}
