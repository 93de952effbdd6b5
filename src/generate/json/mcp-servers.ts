import { isOwnServer } from '../../manifest/mcp-servers.ts';
import { addItems, dropItems } from './json-list.ts';
import { type ListRule, readList } from './read-list.ts';

const SERVERS: ListRule = { key: 'mcpServers', type: 'object', dialect: 'json', isOwn: isOwnServer };

/** What a .mcp.json holds before it has a server. */
export const EMPTY_SERVERS = '{\n  "mcpServers": {\n  }\n}\n';

/** The names of the user's own servers; `undefined` when the file has no `mcpServers` that we could add to. */
export function foreignServers(text: string): ReadonlySet<string> | undefined {
  const foreign = readList(text, SERVERS)?.items.filter((server) => !server.isOwn);
  return foreign && new Set(foreign.map(({ name }) => name ?? ''));
}

/** The .mcp.json with exactly these servers of ours behind the user's, everything else untouched. */
export function putServers(text: string, body: string): string | undefined {
  const list = readList(dropServers(text) ?? '', SERVERS);
  return list && addItems(list, body.trimEnd().split('\n').map(laidOut));
}

/** The .mcp.json without any server of ours. */
export function dropServers(text: string): string | undefined {
  const list = readList(text, SERVERS);
  return list && dropItems(list);
}

function laidOut(line: string): string {
  const [[name, server] = []] = Object.entries(JSON.parse(`{${line}}`));
  return `${JSON.stringify(name)}: ${JSON.stringify(server, null, 2)}`;
}
