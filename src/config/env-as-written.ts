import { type Document, isAlias, isMap, isScalar, isSeq } from 'yaml';
import { isMapping } from './show-value.ts';
import type { ConfigPath } from './source.ts';

/**
 * The data of a document with every value of an `env:` as it is written there. A variable is a text: as YAML has it,
 * `3.10` would be 3.1, `01234` 1234, and of a long number the end would be lost. `prefix`: where the config begins.
 */
export function withEnvAsWritten(data: unknown, document: Document, prefix: ConfigPath = []): unknown {
  if (!isMapping(data)) return data;
  const root = prefix.reduce<unknown>((node, step) => memberOf(node, step, document), document.contents);
  const sections = ['services', 'tasks', 'setup'].flatMap((section) => {
    const entries = data[section];
    const node = memberOf(root, section, document);
    return isMapping(entries)
      ? [
          [
            section,
            mapValues(entries, (entry, name) => withEnv(entry, memberOf(node, name, document), document)),
          ] as const,
        ]
      : [];
  });
  return { ...data, ...Object.fromEntries(sections) };
}

function withEnv(entry: unknown, node: unknown, document: Document): unknown {
  if (!isMapping(entry) || !isMapping(entry.env)) return entry;
  const env = memberOf(node, 'env', document);
  return { ...entry, env: mapValues(entry.env, (value, name) => written(value, memberOf(env, name, document))) };
}

function written(value: unknown, node: unknown): unknown {
  const isText = typeof value === 'string' || value === null || typeof value === 'object';
  return isText || !isScalar(node) || node.source === undefined ? value : node.source;
}

/** The member of a mapping, behind aliases and among what is merged in. */
function memberOf(parent: unknown, key: string | number, document: Document): unknown {
  const node = resolved(parent, document);
  if (!isMap(node)) return undefined;
  const own = node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  if (own !== undefined) return resolved(own.value, document);
  const merges = node.items
    .filter((pair) => isScalar(pair.key) && pair.key.source === '<<')
    .map((pair) => resolved(pair.value, document));
  const sources = merges.flatMap((each) => (isSeq(each) ? each.items : [each]));
  return sources.map((source) => memberOf(source, key, document)).find((member) => member !== undefined);
}

function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function mapValues(
  mapping: Readonly<Record<string, unknown>>,
  change: (value: unknown, key: string) => unknown,
): object {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, change(value, key)]));
}
