import type { Repository } from '../../repository/repository.ts';
import { functionAround, functionsOf } from './javascript-functions.ts';
import { child, children, type JavaScriptModule, nameOf, type SyntaxNode } from './javascript-module.ts';
import type { JavaScriptMount } from './javascript-prefixes.ts';
import { textProperty } from './javascript-properties.ts';
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
    const options = args.find((argument) => argument.type === 'ObjectExpression');
    const literal = evaluate(repository, module, args[0]).literal;
    const prefix = textProperty(options, 'prefix') ?? (typeof literal === 'string' ? literal : '');
    return args.flatMap((argument) => {
      const target = mountTarget(module, argument);
      return target === undefined ? [] : [{ holder, prefix, target }];
    });
  });
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
