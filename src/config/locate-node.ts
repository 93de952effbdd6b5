import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node } from 'yaml';
import { positionOf } from './position.ts';
import type { ConfigPath, Locate } from './source.ts';

/** Finds the places of values in a parsed YAML or JSON document; `prefix` is the path at which the config begins. */
export function locateIn(document: Document, source: { file: string; text: string; prefix: ConfigPath }): Locate {
  return (path, part) => {
    const range = rangeOf(document, [...source.prefix, ...path], part);
    return range === undefined
      ? { file: source.file }
      : { file: source.file, position: positionOf(source.text, range[0], range[1]) };
  };
}

type Range = readonly [from: number, to: number];

function rangeOf(document: Document, path: ConfigPath, part: 'key' | 'value'): Range | undefined {
  let node: unknown = document.contents;
  let key: unknown;
  for (const step of path) {
    const child = childOf(document, node, step);
    // Merged in from elsewhere, or not there at all: the nearest thing above stands for it.
    if (child === undefined) return rangeOfNode(key ?? node);
    ({ key, node } = child);
  }
  // A whole block is no place to point at; its key is.
  return rangeOfNode(part === 'value' && isScalar(node) && !isAbsent(node) ? node : (key ?? node));
}

function childOf(
  document: Document,
  parent: unknown,
  step: string | number,
): { key: unknown; node: unknown } | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { key: item, node: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
  return isPair(pair) ? { key: pair.key, node: pair.value } : undefined;
}

/** `key:` with nothing behind it. */
function isAbsent(node: Node): boolean {
  return node.range !== null && node.range !== undefined && node.range[0] === node.range[1];
}

function rangeOfNode(node: unknown): Range | undefined {
  if (!isNode(node) || node.range === null || node.range === undefined) return undefined;
  return [node.range[0], node.range[1]];
}
