import { UNKNOWN_EXPRESSION } from './python-expression.ts';
import type { PythonAssignment, PythonDefinition, PythonImport } from './python-module.ts';
import { childrenOf, isMark, type PythonNode, type PythonSource, sliceOf } from './python-tree.ts';
import { readCall, readExpression } from './read-expression.ts';

/** What an import statement binds: local name → origin. `import a.b` binds `a`, and is known as `a.b` too. */
export function readImports(node: PythonNode, source: PythonSource): readonly (readonly [string, PythonImport])[] {
  const line = source.lineAt(node.from);
  const [origin = '', written] = splitImport(sliceOf(node, source));
  return written.split(',').flatMap((part): readonly (readonly [string, PythonImport])[] => {
    const [name = '', alias] = part.trim().split(/\s+as\s+/);
    if (name === '') return [];
    // Every name of that module: kept under one that no expression can have.
    if (name === '*') return [[`*${origin}`, { module: origin, name, line }]];
    if (origin !== '') return [[alias ?? name, { module: origin, name, line }]];
    if (alias !== undefined) return [[alias, { module: name, name: null, line }]];
    const top = name.split('.')[0] ?? name;
    const whole = [top, { module: top, name: null, line }] as const;
    return top === name ? [whole] : [whole, [name, { module: name, name: null, line }]];
  });
}

/**
 * `from MODULE import NAMES` → MODULE and NAMES; without `from` no module. Comments, brackets and line ends are gone.
 */
function splitImport(statement: string): readonly [string, string] {
  const bare = statement.replace(/#[^\n]*/g, '').replace(/[\\()\s]+/g, ' ');
  const from = /^from (\S+) ?import (.*)$/.exec(bare);
  return from === null ? ['', bare.replace(/^import /, '')] : [from[1] ?? '', from[2] ?? ''];
}

/** The names that an assignment gives a value: `a = b = 1`, `a, b = 1, 2`, `a: int = 1`. */
export function readTargets(node: PythonNode, source: PythonSource): readonly Omit<PythonAssignment, 'within'>[] {
  const sides: PythonNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') sides.push([]);
    else if (!isMark(child) && child.name !== 'TypeDef') sides.at(-1)?.push(child);
  }
  const values = sides.pop() ?? [];
  const line = source.lineAt(node.from);
  return sides.flatMap((targets) =>
    targets.flatMap((target, index) => {
      const name = readExpression(target, source);
      const value = targets.length === values.length ? values[index] : undefined;
      if (name.kind !== 'name') return [];
      return [
        { name: name.path, value: value === undefined ? UNKNOWN_EXPRESSION : readExpression(value, source), line },
      ];
    }),
  );
}

/** A function or class with what decorates it. */
export function readDefinition(node: PythonNode, source: PythonSource): Omit<PythonDefinition, 'outer'> {
  const name = node.getChild('VariableName');
  const isClass = node.name === 'ClassDefinition';
  const bases = isClass ? node.getChild('ArgList') : null;
  const around = node.parent?.name === 'DecoratedStatement' ? node.parent.getChildren('Decorator') : [];
  return {
    kind: isClass ? 'class' : 'function',
    name: name === null ? '' : sliceOf(name, source),
    line: source.lineAt(node.from),
    text: sliceOf(node, source),
    decorators: around.map((decorator) => readCall(decorator, source)),
    bases: bases === null ? [] : childrenOf(bases).flatMap((base) => (isMark(base) ? [] : sliceOf(base, source))),
    ...parametersOf(isClass ? null : node.getChild('ParamList'), source),
  };
}

/** Those behind `*` and `**` take what is left: a call may always do without them. */
function parametersOf(
  list: PythonNode | null,
  source: PythonSource,
): Pick<PythonDefinition, 'parameters' | 'needsArguments'> {
  const parts: PythonNode[][] = [[]];
  for (const child of list === null ? [] : childrenOf(list)) {
    if (child.name === ',') parts.push([]);
    else parts.at(-1)?.push(child);
  }
  const named = parts.flatMap((nodes) => {
    const name = nodes.find((node) => node.name === 'VariableName');
    const marks = nodes.map((node) => node.name);
    if (name === undefined || marks.includes('*') || marks.includes('**')) return [];
    return { name: sliceOf(name, source), hasDefault: marks.includes('AssignOp') };
  });
  return { parameters: named.map(({ name }) => name), needsArguments: named.some(({ hasDefault }) => !hasDefault) };
}
