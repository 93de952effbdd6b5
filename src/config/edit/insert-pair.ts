import { isMap, isNode, isScalar, parseDocument, type YAMLMap } from 'yaml';
import type { ConfigPath } from '../source.ts';

/** What is put in, and how it looks on one line. */
export interface NewValue {
  readonly value: unknown;
  render(value: unknown): string;
}

/**
 * The text with a line more, below the last key of the deepest mapping on `path` that exists; `undefined`: that one is not
 * written as a block. What lies between it and the value is written on the same line, in braces.
 */
export function insertPair(text: string, path: ConfigPath, { value, render }: NewValue): string | undefined {
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'error' });
  const depth = path.findIndex((_, index) => !isMap(document.getIn(path.slice(0, index + 1), true)));
  const parent = depth <= 0 ? document.contents : document.getIn(path.slice(0, depth), true);
  const [key, ...below] = path.slice(Math.max(0, depth));
  if (!isMap(parent) || parent.flow === true || key === undefined || parent.has(key)) return undefined;
  const place = placeBelow(text, parent);
  if (place === undefined) return undefined;
  const nested = below.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
  const line = `${place.indent}${render(key)}: ${render(nested)}`;
  return `${text.slice(0, place.offset)}\n${line}${text.slice(place.offset)}`;
}

/** The end of the mapping's last line, a comment on it included, and how its keys are indented. */
function placeBelow(
  text: string,
  { items }: YAMLMap,
): { readonly offset: number; readonly indent: string } | undefined {
  const first = items[0]?.key;
  const last = items.at(-1);
  const node = isNode(last?.value) ? last.value : last?.key;
  if (!isScalar(first) || !isNode(node) || !first.range || !node.range) return undefined;
  const lineStart = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  const indent = text.slice(lineStart, first.range[0]);
  const end = text.slice(0, node.range[1]).trimEnd().length;
  const lineEnd = text.indexOf('\n', end);
  return /^ *$/.test(indent) ? { offset: lineEnd === -1 ? text.length : lineEnd, indent } : undefined;
}
