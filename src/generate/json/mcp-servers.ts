import { isOwnServer, SERVER_LISTS, type ServerKind } from '../../manifest/mcp-servers.ts';
import { addItems, dropItems, type JsonList } from './json-list.ts';
import { type ListRule, readList } from './read-list.ts';

/** What a file of this kind holds before it has a server. */
export function emptyServers(kind: ServerKind): string {
  return `{\n  "${SERVER_LISTS[kind].key}": {\n  }\n}\n`;
}

/** Alone in a list it says that devgen made the list, which then goes with the last server. */
const MADE = '/* made by devgen */';

/** The names of the user's own servers; `undefined` when the file has no list of servers that we could add to. */
export function foreignServers(kind: ServerKind, text: string): ReadonlySet<string> | undefined {
  const foreign = readList(withList(kind, text), ruleFor(kind))?.items.filter((server) => !server.isOwn);
  return foreign && new Set(foreign.map(({ name }) => name ?? ''));
}

/** The file with exactly these servers of ours behind the user's, everything else untouched. */
export function putServers(kind: ServerKind, text: string, body: string): string | undefined {
  const list = readList(withList(kind, dropServers(kind, text) ?? ''), ruleFor(kind));
  return list && addItems(list, body.trimEnd().split('\n').map(laidOut));
}

/** The file without any server of ours. */
export function dropServers(kind: ServerKind, text: string): string | undefined {
  const list = readList(withList(kind, text), ruleFor(kind));
  return list && withoutMadeList(kind, dropItems(list));
}

/** The text with a list of servers, if one can be marked as made by devgen. */
function withList(kind: ServerKind, text: string): string {
  const { key, dialect } = SERVER_LISTS[kind];
  const root = readRoot(kind, text);
  if (dialect === 'json' || root === undefined || root.items.some(({ name }) => name === key)) return text;
  return addItems(root, [`"${key}": {\n  ${MADE}\n}`]);
}

/** The inverse of `withList`. */
function withoutMadeList(kind: ServerKind, text: string): string {
  const list = readList(text, ruleFor(kind));
  const root = readRoot(kind, text);
  if (list === undefined || root === undefined || text.slice(list.open, list.close).trim() !== MADE) return text;
  return dropItems(root);
}

/** The members of the file itself, of which the list is devgen's if any is. */
function readRoot(kind: ServerKind, text: string): JsonList | undefined {
  const { key, dialect } = SERVER_LISTS[kind];
  const root = readList(text, { key: null, type: 'object', dialect, isOwn: () => false });
  return root && { ...root, items: root.items.map((item) => ({ ...item, isOwn: item.name === key })) };
}

function ruleFor(kind: ServerKind): ListRule {
  return { ...SERVER_LISTS[kind], type: 'object', isOwn: isOwnServer };
}

function laidOut(line: string): string {
  const [[name, server] = []] = Object.entries(JSON.parse(`{${line}}`));
  return `${JSON.stringify(name)}: ${JSON.stringify(server, null, 2)}`;
}
