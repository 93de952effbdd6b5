import { child, children, type JavaScriptModule, nameOf, type SyntaxNode } from './javascript-module.ts';

/** A function of a module, by the name that it is called by. */
export interface JavaScriptFunction {
  /** `null` for the one that the module exports as a whole, and for those without a name. */
  readonly name: string | null;
  readonly parameters: readonly string[];
  readonly start: number;
  readonly end: number;
}

const FUNCTIONS = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|ClassMethod)$/;

const known = new WeakMap<JavaScriptModule, readonly JavaScriptFunction[]>();

/** Every function of a module, outer before inner. */
export function functionsOf(module: JavaScriptModule): readonly JavaScriptFunction[] {
  const found = known.get(module) ?? readFunctions(module);
  known.set(module, found);
  return found;
}

function readFunctions(module: JavaScriptModule): readonly JavaScriptFunction[] {
  const names = new Map<SyntaxNode, string>();
  for (const node of module.nodes) {
    const value = child(node, 'init') ?? child(node, 'value') ?? child(node, 'right');
    const name = nameOf(child(node, 'id') ?? child(node, 'key') ?? child(child(node, 'left'), 'property'));
    if (value !== undefined && name !== undefined && name !== 'exports') names.set(value, name);
  }
  return module.nodes.flatMap((node): readonly JavaScriptFunction[] => {
    if (!FUNCTIONS.test(node.type)) return [];
    const name = nameOf(child(node, 'id') ?? child(node, 'key')) ?? names.get(node) ?? null;
    const parameters = children(node, 'params').map(
      (parameter) => nameOf(parameter) ?? nameOf(child(parameter, 'left')) ?? '',
    );
    return [{ name, parameters, start: startOf(node), end: Number(node.end ?? 0) }];
  });
}

/** The innermost of the functions that a node lies in, or `null`. */
export function functionAround(functions: readonly JavaScriptFunction[], node: SyntaxNode): JavaScriptFunction | null {
  const position = startOf(node);
  return functions.findLast(({ start, end }) => start < position && position < end) ?? null;
}

function startOf(node: SyntaxNode): number {
  return Number(node.start ?? 0);
}
