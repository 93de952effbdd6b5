import { isOwnScript } from '../../manifest/npm-scripts.ts';
import { isObject } from '../../manifest/read-json.ts';
import { addItems, dropItems, type JsonItem, type JsonList } from './json-list.ts';
import { type ListRule, readList } from './read-list.ts';

const SCRIPTS: ListRule = { key: 'scripts', type: 'object', dialect: 'json', isOwn: isOwnScript };
const ROOT: ListRule = { ...SCRIPTS, key: null, isOwn: () => false };

/** The user's own scripts, name to command; `undefined` when this is no package.json that could have any. */
export function foreignScripts(text: string): ReadonlyMap<string, string> | undefined {
  const bare = dropScripts(text);
  if (bare === undefined) return undefined;
  const items = readList(bare, SCRIPTS)?.items ?? [];
  return new Map(items.map(({ name, value }) => [name ?? '', String(value)]));
}

/**
 * The package.json with exactly these scripts of ours behind the user's, everything else untouched; `undefined`: it
 * takes none. Where it has no `scripts`, they become its last member.
 */
export function putScripts(text: string, body: string): string | undefined {
  const bare = dropScripts(text) ?? '';
  const lines = body.trimEnd().split('\n');
  const list = readList(bare, SCRIPTS);
  if (list !== undefined) return addItems(list, lines);
  const root = readList(bare, ROOT);
  return root && addItems(root, [`"scripts": {\n  ${lines.join(',\n  ')}\n}`]);
}

/** The package.json without any script of ours, and without `scripts` where there was none before. */
export function dropScripts(text: string): string | undefined {
  const root = readList(text, ROOT);
  const scripts = root?.items.find(({ name }) => name === 'scripts');
  if (root === undefined || scripts === undefined) return root && text;
  if (isMade(scripts, root)) return dropItems({ ...root, items: root.items.map((item) => asOwn(item, scripts)) });
  const list = readList(text, SCRIPTS);
  return list && dropItems(list);
}

/** Whether nothing else is in it, with the blank behind the bracket that an empty `{}` does not get from `addItems`. */
function isMade({ value, start, end }: JsonItem, { text }: JsonList): boolean {
  const members = isObject(value) ? Object.values(value) : [];
  return members.length > 0 && members.every(isOwnScript) && /^"scripts"\s*:\s*\{\s/.test(text.slice(start, end));
}

function asOwn(item: JsonItem, own: JsonItem): JsonItem {
  return item === own ? { ...item, isOwn: true } : item;
}
