import { isOwnServer, SERVER_LISTS, type ServerKind } from '../../manifest/mcp-servers.ts';
import { addItems, dropItems } from './json-list.ts';
import { type ListRule, readList } from './read-list.ts';

/** What a file of this kind holds before it has a server. */
export function emptyServers(kind: ServerKind): string {
  return `{\n  "${SERVER_LISTS[kind].key}": {\n  }\n}\n`;
}

/** The names of the user's own servers; `undefined` when the file has no list of servers that we could add to. */
export function foreignServers(kind: ServerKind, text: string): ReadonlySet<string> | undefined {
  const foreign = readList(text, ruleFor(kind))?.items.filter((server) => !server.isOwn);
  return foreign && new Set(foreign.map(({ name }) => name ?? ''));
}

/** The file with exactly these servers of ours behind the user's, everything else untouched. */
export function putServers(kind: ServerKind, text: string, body: string): string | undefined {
  const list = readList(dropServers(kind, text) ?? '', ruleFor(kind));
  return list && addItems(list, body.trimEnd().split('\n').map(laidOut));
}

/** The file without any server of ours. */
export function dropServers(kind: ServerKind, text: string): string | undefined {
  const list = readList(text, ruleFor(kind));
  return list && dropItems(list);
}

function ruleFor(kind: ServerKind): ListRule {
  return { ...SERVER_LISTS[kind], type: 'object', isOwn: isOwnServer };
}

function laidOut(line: string): string {
  const [[name, server] = []] = Object.entries(JSON.parse(`{${line}}`));
  return `${JSON.stringify(name)}: ${JSON.stringify(server, null, 2)}`;
}
