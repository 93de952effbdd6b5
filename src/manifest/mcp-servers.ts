import type { FoundPart } from './find-part.ts';
import { isObject, memberOf, readJsonText } from './read-json.ts';

/** What the server that devgen writes runs, on every system: that is how it knows its own again. */
export const OWN_SERVER = { command: 'node', args: ['.devgen/runtime/front.cjs', 'mcp'] };

export function isOwnServer(server: unknown): boolean {
  return JSON.stringify(memberOf(server, 'args')) === JSON.stringify(OWN_SERVER.args);
}

/** The servers of ours in a .mcp.json: one `"name": {…}` a line, in the file's order. */
export function findServers(text: string): FoundPart {
  const servers = memberOf(readJsonText(text), 'mcpServers');
  if (!isObject(servers)) return { kind: 'damaged' };
  const own = Object.entries(servers).filter(([, server]) => isOwnServer(server));
  if (own.length === 0) return { kind: 'absent' };
  return {
    kind: 'found',
    body: own.map(([name, server]) => `${JSON.stringify(name)}: ${JSON.stringify(server)}\n`).join(''),
  };
}
