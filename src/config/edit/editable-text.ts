import { parseDocument } from 'yaml';
import { isMapping } from '../show-value.ts';
import type { ConfigPath } from '../source.ts';
import { insertPair } from './insert-pair.ts';
import { replaceNode } from './replace-node.ts';

/** A text that holds data, and the ways in which it can be changed. */
export interface EditableText {
  readonly data: unknown;
  /** Where in the data the config begins. */
  readonly prefix: ConfigPath;
  /** The data of a changed text; `undefined`: it can no longer be read. */
  read(text: string): unknown;
  /** Ways to put a value at a path, the gentlest first; each may fail (`undefined`) or give something else. */
  attempts(path: ConfigPath, value: unknown): readonly (() => string | undefined)[];
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** `undefined`: it is no YAML. */
export function openYaml(raw: string): EditableText | undefined {
  const mark = BYTE_ORDER_MARK.test(raw) ? '\uFEFF' : '';
  const text = raw.replace(BYTE_ORDER_MARK, '');
  const data = readYaml(text);
  if (data === undefined) return undefined;
  return {
    data,
    prefix: [],
    read: readYaml,
    attempts: (path, value) => [
      () => marked(mark, replaceNode(text, path, renderYaml(value))),
      () => marked(mark, insertPair(text, path, { value, render: renderYaml })),
      () => marked(mark, rewriteYaml(text, path, value)),
    ],
  };
}

/** `undefined`: it is no JSON object. */
export function openJson(raw: string, prefix: ConfigPath): EditableText | undefined {
  const data = readJson(raw);
  if (!isMapping(data)) return undefined;
  return {
    data,
    prefix,
    read: readJson,
    attempts: (path, value) => [
      () => replaceNode(raw, path, JSON.stringify(value)),
      () => rewriteJson(raw, path, value),
    ],
  };
}

/** A value on one line, as it stands behind `key:`. */
function renderYaml(value: unknown): string {
  const document = parseDocument('key: 0');
  document.set('key', document.createNode(value, { flow: true }));
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: !Array.isArray(value) });
  return text.slice('key:'.length).trim();
}

function readYaml(text: string): unknown {
  const document = parseDocument(text.replace(BYTE_ORDER_MARK, ''), PARSING);
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS() ?? {};
  } catch (thrown) {
    if (thrown instanceof ReferenceError) return undefined; // An alias that leads nowhere.
    throw thrown;
  }
}

const PARSING = { merge: true, prettyErrors: false, logLevel: 'error' } as const;

/** The library's own way to write keeps comments and order, but lays some lines out anew. */
function rewriteYaml(text: string, path: ConfigPath, value: unknown): string | undefined {
  const document = parseDocument(text, PARSING);
  try {
    document.setIn(path, document.createNode(value, { flow: true }));
  } catch {
    return undefined; // It throws a plain Error when an alias or a scalar is in the way.
  }
  return document.toString({ lineWidth: 0 });
}

function rewriteJson(raw: string, path: ConfigPath, value: unknown): string | undefined {
  const document = parseDocument(raw.replace(BYTE_ORDER_MARK, ''), { ...PARSING, schema: 'json' });
  document.setIn(path, value);
  const indent = /^[ \t]+/m.exec(raw)?.[0] ?? 2;
  return `${JSON.stringify(document.toJS(), null, indent)}${raw.endsWith('\n') ? '\n' : ''}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(BYTE_ORDER_MARK, ''));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function marked(mark: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${mark}${text}`;
}
