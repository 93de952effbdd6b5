import type { Repository } from '../../repository/repository.ts';
import type { PythonExpression } from './python-expression.ts';
import type {
  PlacedCall,
  PythonAssignment,
  PythonDefinition,
  PythonImport,
  PythonModule,
  PythonReturn,
} from './python-module.ts';
import { type PythonNode, type PythonSource, parsePython, sliceOf } from './python-tree.ts';
import { readCall, readExpression } from './read-expression.ts';
import { readDefinition, readImports, readTargets } from './read-statement.ts';

const MAX_SOURCE_CHARACTERS = 300_000;

/** Reads a Python source file, once; `undefined` when it is missing or far too large. */
export function readPython(repository: Repository, file: string): PythonModule | undefined {
  return repository.remember(`py:${file}`, () => {
    const text = repository.text(file);
    if (text === undefined || text.length > MAX_SOURCE_CHARACTERS) return undefined;
    const found = factsOf(parsePython(text));
    return { file, ...found, values: valuesOf(found.assignments) };
  });
}

/** The facts gathered so far, and where in the file the walk is. */
interface Gathering {
  readonly source: PythonSource;
  readonly open: PythonDefinition[];
  readonly around: PlacedCall[];
  readonly imports: Map<string, PythonImport>;
  readonly assignments: PythonAssignment[];
  readonly calls: PlacedCall[];
  readonly returns: PythonReturn[];
  readonly definitions: PythonDefinition[];
  readonly texts: { readonly value: string; readonly line: number }[];
  /** Up to which index the text is run only as a program. */
  mainUntil: number;
  /** The assignment that was entered last, and where it ends. */
  assigned: { readonly name: string | null; readonly until: number };
}

const READERS: Readonly<Record<string, (node: PythonNode, facts: Gathering) => void>> = {
  ImportStatement: (node, { source, imports }) => {
    for (const [name, origin] of readImports(node, source)) imports.set(name, origin);
  },
  AssignStatement: (node, facts) => {
    const targets = readTargets(node, facts.source);
    for (const target of targets) facts.assignments.push({ ...target, within: functionOf(facts) });
    facts.assigned = { name: targets[0]?.name ?? null, until: node.to };
  },
  UpdateStatement: (node, facts) => {
    const target = node.firstChild;
    facts.assigned = { name: target === null ? null : sliceOf(target, facts.source), until: node.to };
  },
  CallExpression: (node, facts) => {
    const isMain = node.from < facts.mainUntil;
    const assignedTo = node.from < facts.assigned.until ? facts.assigned.name : null;
    const outer = facts.around.at(-1) ?? null;
    const call = { ...readCall(node, facts.source), within: functionOf(facts), assignedTo, isMain, outer };
    facts.calls.push(call);
    facts.around.push(call);
  },
  ReturnStatement: (node, facts) => {
    const value = node.lastChild;
    if (value !== null && value.name !== 'return')
      facts.returns.push({ value: readExpression(value, facts.source), within: functionOf(facts) });
  },
  IfStatement: (node, facts) => {
    const body = node.getChild('Body');
    const condition = body === null ? '' : facts.source.text.slice(node.from, body.from);
    if (body !== null && /__name__\s*==\s*["']__main__["']/.test(condition)) facts.mainUntil = body.to;
  },
  FunctionDefinition: define,
  ClassDefinition: define,
  String: (node, facts) => {
    const holder = node.parent?.name ?? '';
    if (/^(ExpressionStatement|ContinuedString|FormatReplacement)$/.test(holder)) return;
    const text = readExpression(node, facts.source);
    if (text.kind === 'text') facts.texts.push({ value: text.value, line: text.line });
  },
};

function factsOf(source: PythonSource): Gathering {
  const facts: Gathering = {
    source,
    open: [],
    around: [],
    imports: new Map(),
    assignments: [],
    calls: [],
    returns: [],
    definitions: [],
    texts: [],
    mainUntil: 0,
    assigned: { name: null, until: 0 },
  };
  source.tree.iterate({
    enter: (node) => READERS[node.name]?.(node.node, facts),
    leave: ({ name }) => {
      if (name === 'CallExpression') facts.around.pop();
      if (name === 'FunctionDefinition' || name === 'ClassDefinition') facts.open.pop();
    },
  });
  return facts;
}

function define(node: PythonNode, facts: Gathering): void {
  const definition = { ...readDefinition(node, facts.source), outer: functionOf(facts) };
  facts.open.push(definition);
  facts.definitions.push(definition);
}

function functionOf({ open }: Gathering): PythonDefinition | null {
  return open.findLast(({ kind }) => kind === 'function') ?? null;
}

function valuesOf(assignments: readonly PythonAssignment[]): ReadonlyMap<string, PythonExpression> {
  const values = new Map<string, PythonExpression>();
  const ranked = [...assignments].sort((a, b) => Number(a.within !== null) - Number(b.within !== null));
  for (const { name, value } of ranked) if (!values.has(name)) values.set(name, value);
  return values;
}
