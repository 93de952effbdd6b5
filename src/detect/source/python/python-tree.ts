import { parser } from '@lezer/python';

/** The syntax tree of a Python text; what is no Python in it becomes error nodes, the rest is still there. */
export type PythonTree = ReturnType<typeof parser.parse>;
export type PythonNode = PythonTree['topNode'];

/** The text that the nodes of a tree point into. */
export interface PythonSource {
  readonly text: string;
  readonly tree: PythonTree;
  /** The line (from 1) in which an index lies. */
  lineAt(index: number): number;
}

/** Parses a Python text. Never fails. */
export function parsePython(text: string): PythonSource {
  const starts = [0];
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1);
  return { text, tree: parser.parse(text), lineAt: (index) => positionBelow(starts, index) };
}

/** How many of the ascending numbers are not above `index`. */
function positionBelow(starts: readonly number[], index: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nodes directly below a node. */
export function childrenOf(node: PythonNode): readonly PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Brackets, commas, operators, keywords and comments: everything that is no expression of its own. */
export function isMark(node: PythonNode): boolean {
  return /^[^A-Z]/.test(node.name) || node.name === 'AssignOp' || node.name === 'Comment';
}

/** The source text of a node. */
export function sliceOf(node: PythonNode, source: PythonSource): string {
  return source.text.slice(node.from, node.to);
}
