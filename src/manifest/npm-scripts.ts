import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { blankComments } from './blank-comments.ts';
import { addItems, dropItems, type JsonItem, type JsonList } from './json-list.ts';

/** Starts the value of every npm script that devgen writes: that is how it knows its own again. */
export const OWN_SCRIPT = 'node .devgen/runtime/front.cjs ';

export type FoundScripts =
  | { readonly kind: 'absent' }
  /** `body`: one `"name": "value"` a line, in the file's order. */
  | { readonly kind: 'found'; readonly body: string }
  | { readonly kind: 'damaged' };

interface Script extends JsonItem {
  readonly name: string;
  readonly value: string;
}

interface ScriptList extends JsonList {
  readonly items: readonly Script[];
}

/** The scripts of ours in a package.json. */
export function findScripts(text: string): FoundScripts {
  const list = readScripts(text);
  if (list === undefined) return { kind: 'damaged' };
  const own = list.items.filter((script) => script.isOwn);
  return own.length === 0 ? { kind: 'absent' } : { kind: 'found', body: own.map(render).join('') };
}

/** The names that the user's own scripts have; `undefined` when the file has no `scripts` that we could add to. */
export function foreignScriptNames(text: string): ReadonlySet<string> | undefined {
  const foreign = readScripts(text)?.items.filter((script) => !script.isOwn);
  return foreign && new Set(foreign.map((script) => script.name));
}

/** The package.json with exactly these scripts of ours behind the user's, everything else untouched. */
export function putScripts(text: string, body: string): string {
  const list = readScripts(dropScripts(text));
  if (list === undefined) throw new Error('a package.json without `scripts` cannot take any');
  return addItems(list, body.trimEnd().split('\n'));
}

/** The package.json without any script of ours. */
export function dropScripts(text: string): string {
  const list = readScripts(text);
  return list === undefined ? text : dropItems(list);
}

function render({ name, value }: Script): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)}\n`;
}

/** JSON is YAML, and the YAML parser tells where each node stands. */
function readScripts(text: string): ScriptList | undefined {
  const clean = blankComments(text);
  const document = parseDocument(clean);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const scripts = document.contents.get('scripts', true);
  if (!isMap(scripts) || !scripts.flow || scripts.range == null) return undefined;
  return { text, clean, open: scripts.range[0] + 1, close: scripts.range[1] - 1, items: scriptsOf(scripts) };
}

function scriptsOf(scripts: YAMLMap): Script[] {
  return scripts.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isScalar(value) || key.range == null || value.range == null) return [];
    const command = String(value.value);
    const isOwn = command.startsWith(OWN_SCRIPT);
    return [{ name: String(key.value), value: command, start: key.range[0], end: value.range[1], isOwn }];
  });
}
