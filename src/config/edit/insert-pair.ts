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
  const place = parent.flow === true ? placeWithin(text, parent) : placeBelow(text, parent);
  if (place === undefined) return undefined;
  const nested = below.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
  const pair = `${render(key)}: ${render(nested)}`;
  return text.slice(0, place.offset) + place.separator + pair + text.slice(place.offset);
}

interface InsertionPlace {
  readonly offset: number;
  readonly separator: string;
}

/** In braces, behind the last value, on a line of its own if that has one. */
function placeWithin(text: string, { items, range }: YAMLMap): InsertionPlace | undefined {
  const last = items.at(-1);
  if (last === undefined) return range ? { offset: range[0] + 1, separator: '' } : undefined;
  const end = endOf(last);
  if (end === undefined || !isScalar(last.key) || !last.key.range) return undefined;
  const indent = /\r?\n[ \t]*$/.exec(text.slice(0, last.key.range[0]))?.[0];
  return { offset: end, separator: indent === undefined ? ', ' : `,${indent}` };
}

/** On a line of its own below the mapping's last one, which a comment may end. */
function placeBelow(text: string, { items }: YAMLMap): InsertionPlace | undefined {
  const first = items[0]?.key;
  const end = endOf(items.at(-1));
  if (!isScalar(first) || !first.range || end === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', first.range[0] - 1) + 1;
  const indent = text.slice(lineStart, first.range[0]);
  const behind = text.slice(0, end).trimEnd().length;
  const offset = behind + (/\r?\n/.exec(text.slice(behind))?.index ?? text.length - behind);
  return /^ *$/.test(indent) ? { offset, separator: `${newlineOf(text)}${indent}` } : undefined;
}

/** As the text has them. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function endOf(pair: Pair | undefined): number | undefined {
  const node = isNode(pair?.value) ? pair.value : pair?.key;
  return isNode(node) ? node.range?.[1] : undefined;
}
