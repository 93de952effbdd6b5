import { isMap, isNode, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { ConfigPath } from '../source.ts';

/** What is put in, and how it looks on one line. */
export interface NewValue {
  readonly value: unknown;
  render(value: unknown): string;
}

/**
 * The text with one more key, below (or in braces, behind) the last one of the deepest mapping on `path` that exists;
 * `undefined`: there is no such place. What lies between that mapping and the value is written in braces.
 */
export function insertPair(text: string, path: ConfigPath, { value, render }: NewValue): string | undefined {
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'error' });
  const depth = path.findIndex((_, index) => !isMap(document.getIn(path.slice(0, index + 1), true)));
  const parent = depth <= 0 ? document.contents : document.getIn(path.slice(0, depth), true);
  const [key, ...below] = path.slice(Math.max(0, depth));
  if (!isMap(parent) || key === undefined || parent.has(key)) return undefined;
  const place = parent.flow === true ? placeBehind(parent) : placeBelow(text, parent);
  if (place === undefined) return undefined;
  const nested = below.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
  const pair = `${render(key)}: ${render(nested)}`;
  return text.slice(0, place.offset) + place.separator + pair + text.slice(place.offset);
}

interface InsertionPlace {
  readonly offset: number;
  readonly separator: string;
}

/** Behind the last value in braces. */
function placeBehind({ items }: YAMLMap): InsertionPlace | undefined {
  const end = endOf(items.at(-1));
  return end === undefined ? undefined : { offset: end, separator: ', ' };
}

/** On a line of its own below the mapping's last one, which a comment may end. */
function placeBelow(text: string, { items }: YAMLMap): InsertionPlace | undefined {
  const first = items[0]?.key;
  const end = endOf(items.at(-1));
  if (!isScalar(first) || !first.range || end === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  const indent = text.slice(lineStart, first.range[0]);
  const lineEnd = text.indexOf('\n', text.slice(0, end).trimEnd().length);
  const offset = lineEnd === -1 ? text.length : lineEnd;
  return /^ *$/.test(indent) ? { offset, separator: `\n${indent}` } : undefined;
}

function endOf(pair: Pair | undefined): number | undefined {
  const node = isNode(pair?.value) ? pair.value : pair?.key;
  return isNode(node) ? node.range?.[1] : undefined;
}
