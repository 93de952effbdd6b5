import { lineAt } from '../repository/find-line.ts';
import type { Repository } from '../repository/repository.ts';
import { child, lineOfNode, readModule, type SyntaxNode } from './javascript/javascript-module.ts';
import { evaluate } from './javascript/javascript-value.ts';
import { environmentRead } from './python/evaluate-python.ts';
import { readPython } from './python/read-python.ts';

/** An address on this machine that stands in a source file. */
export interface LocalAddress {
  readonly text: string;
  readonly port: number;
  /** What stands behind the port. */
  readonly path: string;
  readonly line: number | null;
  /** The environment variable that replaces it when set; `null` when it is fixed. */
  readonly variable: string | null;
}

const ADDRESS = /^(?:https?|wss?):\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})(\/[^\s]*)?$/;

/**
 * What stands in every file with an address on this machine that has one of these ports: the port, or what a program
 * puts in its place.
 */
export function addressPattern(ports: readonly number[]): RegExp {
  return new RegExp(`(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0):(?:(?:${ports.join('|')})\\b|\\$\\{|["'\`])`);
}

/**
 * The addresses on this machine in a JavaScript, TypeScript, Vue, Svelte, JSON or Python file; comments do not count.
 */
export function localAddresses(repository: Repository, file: string): readonly LocalAddress[] {
  if (file.endsWith('.py')) return pythonAddresses(repository, file);
  if (/\.(vue|svelte|json)$/.test(file)) return plainAddresses(repository.text(file) ?? '');
  return scriptAddresses(repository, file);
}

function scriptAddresses(repository: Repository, file: string): readonly LocalAddress[] {
  const module = readModule(repository, file);
  if (module === undefined) return [];
  const replaceable = new Set<SyntaxNode>();
  const found: LocalAddress[] = [];
  for (const node of module.nodes) {
    if (node.type === 'LogicalExpression') {
      const right = child(node, 'right');
      const fallback = evaluate(repository, module, right);
      if (right === undefined || parseAddress(String(fallback.literal ?? ''), null, null) === undefined) continue;
      const { variable } = evaluate(repository, module, node);
      const address = parseAddress(String(fallback.literal ?? ''), lineOfNode(node), variable);
      if (address !== undefined && variable !== null) {
        found.push(address);
        replaceable.add(right);
      }
    } else if ((node.type === 'StringLiteral' || node.type === 'TemplateLiteral') && !replaceable.has(node)) {
      const value = evaluate(repository, module, node);
      const address =
        value.variable === null ? parseAddress(String(value.literal ?? ''), lineOfNode(node), null) : undefined;
      if (address !== undefined) found.push(address);
    }
  }
  return found;
}

function pythonAddresses(repository: Repository, file: string): readonly LocalAddress[] {
  const module = readPython(repository, file);
  if (module === undefined) return [];
  const replaceable = module.calls.flatMap((call) => {
    const read = environmentRead(call);
    const fallbacks = read?.fallback?.kind === 'list' ? read.fallback.items : [read?.fallback];
    return fallbacks.flatMap((text) =>
      read === undefined || text?.kind !== 'text' ? [] : (parseAddress(text.value, text.line, read.variable) ?? []),
    );
  });
  const fixed = module.texts.flatMap(({ value, line }) => parseAddress(value, line, null) ?? []);
  return [
    ...replaceable,
    ...fixed.filter(({ text, line }) => !replaceable.some((other) => other.text === text && other.line === line)),
  ];
}

function plainAddresses(text: string): readonly LocalAddress[] {
  return [...text.matchAll(/["'`]((?:https?|wss?):\/\/[^"'`\s,]+)["'`]/g)].flatMap(
    (match) => parseAddress(match[1] ?? '', lineAt(text, match.index), null) ?? [],
  );
}

function parseAddress(text: string, line: number | null, variable: string | null): LocalAddress | undefined {
  const match = ADDRESS.exec(text);
  return match === null
    ? undefined
    : { text, port: Number(match[1]), path: match[2] === '/' ? '' : (match[2] ?? ''), line, variable };
}
