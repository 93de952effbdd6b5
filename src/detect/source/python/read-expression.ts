import { type PythonCall, type PythonExpression, UNKNOWN_EXPRESSION } from './python-expression.ts';
import { childrenOf, isMark, type PythonNode, type PythonSource, sliceOf } from './python-tree.ts';

/** Deeper ones decide no port and no path; the limit keeps hostile files from exhausting the stack. */
const MAX_DEPTH = 24;

/** The expression at a node of the syntax tree; what matters to no reader is `unknown`. */
export function readExpression(node: PythonNode, source: PythonSource, depth = 0): PythonExpression {
  if (depth > MAX_DEPTH) return UNKNOWN_EXPRESSION;
  const inner = (child: PythonNode): PythonExpression => readExpression(child, source, depth + 1);
  switch (node.name) {
    case 'Number':
      return numberOf(sliceOf(node, source));
    case 'None':
      return { kind: 'none' };
    case 'String':
      return { kind: 'text', value: unquote(sliceOf(node, source)), line: source.lineAt(node.from) };
    case 'FormatString':
      return joined(formatPieces(node, source, inner));
    case 'ContinuedString':
      return joined(childrenOf(node).map(inner));
    case 'VariableName':
      return { kind: 'name', path: sliceOf(node, source) };
    case 'MemberExpression':
      return member(node, source, inner);
    case 'CallExpression':
      return readCall(node, source, depth);
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
      return inner(childrenOf(node).find((child) => !isMark(child)) ?? node.lastChild ?? node);
    case 'ConditionalExpression':
      return eitherEnd(node, inner);
    case 'BinaryExpression':
      return binary(node, source, inner);
    case 'ArrayExpression':
    case 'TupleExpression':
      return {
        kind: 'list',
        items: childrenOf(node)
          .filter((child) => !isMark(child))
          .map(inner),
      };
    default:
      return UNKNOWN_EXPRESSION;
  }
}

/** The call at a `CallExpression` or `Decorator` node; a decorator without arguments counts as a call without any. */
export function readCall(node: PythonNode, source: PythonSource, depth = 0): PythonCall {
  const list = node.getChild('ArgList');
  const args: PythonExpression[] = [];
  const keywords = new Map<string, PythonExpression>();
  let keyword: string | undefined;
  for (const child of list === null ? [] : childrenOf(list)) {
    if (child.name === 'VariableName' && child.nextSibling?.name === 'AssignOp') keyword = sliceOf(child, source);
    else if (child.name === ',') keyword = undefined;
    else if (child.name === '*' || child.name === '**') keyword = '*';
    else if (!isMark(child) && keyword !== '*') {
      const value = readExpression(child, source, depth + 1);
      if (keyword === undefined) args.push(value);
      else keywords.set(keyword, value);
    }
  }
  return {
    kind: 'call',
    name: calleeName(node, source),
    arguments: args,
    keywords,
    line: source.lineAt(node.from),
  };
}

function calleeName(node: PythonNode, source: PythonSource): string {
  if (node.name === 'Decorator') {
    const end = node.getChild('ArgList')?.from ?? node.to;
    return source.text.slice(node.from + 1, end).replace(/\s+/g, '');
  }
  const callee = node.firstChild;
  return callee === null ? '' : nameAt(callee, source);
}

/** `a.b.c` as written; where something else than a name stands in front, only what is asked of it: `.c`. */
function nameAt(node: PythonNode, source: PythonSource): string {
  let rest = '';
  let current: PythonNode | null = node;
  for (; current?.name === 'MemberExpression'; current = current.firstChild) {
    const property = current.getChild('PropertyName');
    if (property === null) return rest;
    rest = `.${sliceOf(property, source)}${rest}`;
  }
  return current?.name === 'VariableName' ? sliceOf(current, source) + rest : rest;
}

function member(
  node: PythonNode,
  source: PythonSource,
  inner: (child: PythonNode) => PythonExpression,
): PythonExpression {
  if (node.getChild('PropertyName') === null) {
    const [object, , key] = childrenOf(node);
    return object === undefined || key === undefined
      ? UNKNOWN_EXPRESSION
      : { kind: 'item', object: inner(object), key: inner(key) };
  }
  const path = nameAt(node, source);
  return path === '' || path.startsWith('.') ? UNKNOWN_EXPRESSION : { kind: 'name', path };
}

/** `a if condition else b`: which of the two it is depends on the condition alone. */
function eitherEnd(node: PythonNode, inner: (child: PythonNode) => PythonExpression): PythonExpression {
  return {
    kind: 'choice',
    options: [node.firstChild, node.lastChild].flatMap((end) => (end === null ? [] : inner(end))),
  };
}

function binary(
  node: PythonNode,
  source: PythonSource,
  inner: (child: PythonNode) => PythonExpression,
): PythonExpression {
  const [left, operator, right] = childrenOf(node);
  if (left === undefined || operator === undefined || right === undefined) return UNKNOWN_EXPRESSION;
  if (operator.name === 'or') return { kind: 'choice', options: [inner(left), inner(right)] };
  const sides = [inner(left), inner(right)];
  const isText = sides.some(({ kind }) => kind === 'text' || kind === 'joined');
  return sliceOf(operator, source) === '+' && isText ? { kind: 'joined', pieces: sides } : UNKNOWN_EXPRESSION;
}

function joined(pieces: readonly PythonExpression[]): PythonExpression {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : { kind: 'joined', pieces };
}

function formatPieces(
  node: PythonNode,
  source: PythonSource,
  inner: (child: PythonNode) => PythonExpression,
): readonly PythonExpression[] {
  const [start, end] = bounds(sliceOf(node, source));
  const line = source.lineAt(node.from);
  const pieces: PythonExpression[] = [];
  let cursor = node.from + start;
  const keepText = (to: number): void => {
    const value = source.text.slice(cursor, to).replaceAll('{{', '{').replaceAll('}}', '}');
    if (value !== '') pieces.push({ kind: 'text', value, line });
  };
  for (const replacement of node.getChildren('FormatReplacement')) {
    keepText(replacement.from);
    const value = childrenOf(replacement).find((child) => !isMark(child));
    pieces.push(value === undefined ? UNKNOWN_EXPRESSION : inner(value));
    cursor = replacement.to;
  }
  keepText(node.from + end);
  return pieces.length === 0 ? [{ kind: 'text', value: '', line }] : pieces;
}

function numberOf(written: string): PythonExpression {
  const value = Number(written.replaceAll('_', ''));
  return Number.isFinite(value) ? { kind: 'number', value } : UNKNOWN_EXPRESSION;
}

function unquote(written: string): string {
  const [start, end] = bounds(written);
  const inner = written.slice(start, end);
  const isRaw = /r/i.test(written.slice(0, written.search(/["']/)));
  return isRaw ? inner : inner.replace(/\\(\n|["'\\])/g, (_, escaped: string) => (escaped === '\n' ? '' : escaped));
}

/** Where the content of a string literal begins and ends, prefixes and quotes left out. */
function bounds(written: string): readonly [number, number] {
  const prefix = Math.max(0, written.search(/["']/));
  const quote = /^("""|'''|"|')/.exec(written.slice(prefix))?.[0] ?? '';
  const isClosed = written.length >= prefix + 2 * quote.length && written.endsWith(quote);
  return [prefix + quote.length, isClosed ? written.length - quote.length : written.length];
}
