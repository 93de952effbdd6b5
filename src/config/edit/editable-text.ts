import { isAlias, isNode, parseDocument } from 'yaml';
import { isMapping, valueAt } from '../show-value.ts';
import type { ConfigPath } from '../source.ts';
import { insertPair, newlineOf } from './insert-pair.ts';
import { replaceNode } from './replace-node.ts';

/** A text that holds data, and the ways in which it can be changed. */
export interface EditableText {
  readonly data: unknown;
  /** Where in the data the config begins. */
  readonly prefix: ConfigPath;
  /** The data of a changed text; `undefined`: it can no longer be read. */
  read(text: string): unknown;
  /** The nearest thing on the way to a path that stands elsewhere too: an alias, or what one refers to. */
  sharedOn(path: ConfigPath): ConfigPath | undefined;
  /** Ways to make a change, the gentlest first; each may fail (`undefined`) or give something else. */
  attempts(change: TextChange): readonly (() => string | undefined)[];
}

export interface TextChange {
  readonly path: ConfigPath;
  /** What is to stand there. */
  readonly value: unknown;
  /** All data as it is to be then. */
  readonly wanted: unknown;
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
    sharedOn: (path) => sharedOn(text, path),
    attempts: ({ path, value }) => [
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
    sharedOn: () => undefined,
    attempts: ({ path, value, wanted }) => [
      () => replaceNode(raw, path, renderJson(value)),
      () => insertPair(raw, path, { value, render: renderJson }),
      // A new item of a list: the list as a whole.
      () => replaceNode(raw, path.slice(0, -1), renderJson(valueAt(wanted, path.slice(0, -1)))),
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
  return document.toString({ lineWidth: 0 }).replaceAll('\n', newlineOf(text));
}

function sharedOn(text: string, path: ConfigPath): ConfigPath | undefined {
  const document = parseDocument(text, PARSING);
  const ways = path.map((_, index) => path.slice(0, index + 1));
  return ways.find((way) => {
    const node = document.getIn(way, true);
    return isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor !== undefined);
  });
}

/** On one line; the only line breaks that `stringify` makes are those of the layout. */
function renderJson(value: unknown): string {
  return JSON.stringify(value, null, 1)
    .replace(/\n */g, ' ')
    .replace(/^\[ (.*) \]$/, '[$1]');
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
