import { isOwnScript } from '../../manifest/npm-scripts.ts';
import { addItems, dropItems } from './json-list.ts';
import { type ListRule, readList } from './read-list.ts';

const SCRIPTS: ListRule = { key: 'scripts', type: 'object', dialect: 'json', isOwn: isOwnScript };

/** The user's own scripts, name to command; `undefined` when the file has no `scripts` that we could add to. */
export function foreignScripts(text: string): ReadonlyMap<string, string> | undefined {
  const foreign = readList(text, SCRIPTS)?.items.filter((script) => !script.isOwn);
  return foreign && new Map(foreign.map(({ name, value }) => [name ?? '', String(value)]));
}

/**
 * The package.json with exactly these scripts of ours behind the user's, everything else untouched; `undefined`: it
 * takes none.
 */
export function putScripts(text: string, body: string): string | undefined {
  const list = readList(dropScripts(text) ?? '', SCRIPTS);
  return list && addItems(list, body.trimEnd().split('\n'));
}

/** The package.json without any script of ours. */
export function dropScripts(text: string): string | undefined {
  const list = readList(text, SCRIPTS);
  return list && dropItems(list);
}
