import type { Repository } from '../../repository/repository.ts';
import { functionAround, functionsOf } from './javascript-functions.ts';
import { child, children, type JavaScriptModule, nameOf, type SyntaxNode } from './javascript-module.ts';
import type { JavaScriptMount } from './javascript-prefixes.ts';
import { propertyValue } from './javascript-properties.ts';
import { evaluate } from './javascript-value.ts';
import { rootReceiver } from './root-receiver.ts';

const MOUNT_METHODS = new Set(['use', 'route', 'register', 'mount', 'nest']);

/** The routers that a module hangs below others: `app.use('/api', router)`, `app.register(plugin, { prefix })`. */
export function mountsIn(repository: Repository, module: JavaScriptModule): readonly JavaScriptMount[] {
  const functions = functionsOf(module);
  return module.calls.flatMap((node): readonly JavaScriptMount[] => {
    const callee = child(node, 'callee');
    const method = nameOf(child(callee, 'property'));
    if (method === undefined || !MOUNT_METHODS.has(method)) return [];
    const name = rootReceiver(child(callee, 'object')) ?? '';
    const holder = { module, name, within: functionAround(functions, node) };
    const args = children(node, 'arguments');
    const prefix = prefixOf(repository, module, args);
    if (prefix === undefined) return [];
    return args.flatMap((argument) => {
      const target = mountTarget(module, argument);
      return target === undefined ? [] : [{ holder, prefix, target }];
    });
  });
}

/** Names of what is a path, where its value is not known. */
const PATH_NAME = /path|prefix|base|url|route|root|version/i;

/** What a mount puts before the paths of its routers; `undefined` where it puts something that is not known. */
function prefixOf(repository: Repository, module: JavaScriptModule, args: readonly SyntaxNode[]): string | undefined {
  const options = args.find((argument) => argument.type === 'ObjectExpression');
  const named = propertyValue(options, 'prefix');
  const [first] = args;
  const written = named ?? (args.length > 1 && first !== undefined && first !== options ? first : undefined);
  if (written === undefined) return '';
  const { literal, variable } = evaluate(repository, module, written);
  const isPath = named !== undefined || /Literal|Binary|Array/.test(written.type);
  if (typeof literal === 'string' && (isPath || /^(?:\/|$)/.test(literal))) return literal;
  const isName = written.type === 'Identifier' || written.type === 'MemberExpression';
  const name = nameOf(child(written, 'property') ?? written) ?? '';
  // Middleware before the router leaves its paths as they are.
  return isPath || variable !== null || (isName && PATH_NAME.test(name)) ? undefined : '';
}

function mountTarget(module: JavaScriptModule, node: SyntaxNode): JavaScriptMount['target'] | undefined {
  if (node.type === 'CallExpression' || node.type === 'AwaitExpression') {
    const inner = node.type === 'AwaitExpression' ? child(node, 'argument') : node;
    const callee = child(inner, 'callee');
    const source =
      nameOf(callee) === 'require' || callee?.type === 'Import' ? nameOf(children(inner, 'arguments')[0]) : undefined;
    const imported = module.imports.find((candidate) => candidate.specifier === source);
    if (imported?.file) return { file: imported.file, name: null };
    return callee === undefined ? undefined : mountTarget(module, callee);
  }
  const name = node.type === 'MemberExpression' ? nameOf(child(node, 'object')) : nameOf(node);
  if (name === undefined || (node.type !== 'Identifier' && node.type !== 'MemberExpression')) return undefined;
  const imported = module.imports.find((candidate) => candidate.names.has(name));
  if (imported === undefined) return { file: module.file, name };
  const exported = imported.names.get(name);
  const isWhole = exported === 'default' || exported === '*';
  return imported.file === null ? undefined : { file: imported.file, name: isWhole ? null : (exported ?? null) };
}
