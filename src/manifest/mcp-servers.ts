import type { PartKind } from './file-kind.ts';
import type { FoundPart } from './find-part.ts';
import { isObject, memberOf, readJsonText, readJsonWithComments } from './read-json.ts';

const SCRIPT = '.devgen/runtime/front.cjs';

export const OWN_SERVER_NAME = 'devgen';

/** What the server that devgen writes runs, on every system: that is how it knows its own again. */
export const OWN_SERVER = { command: 'node', args: [SCRIPT, 'mcp'] };

/** The same for editors, which put the folder of the project in. */
export const OWN_EDITOR_SERVER = { command: 'node', args: [`\${workspaceFolder}/${SCRIPT}`, 'mcp'] };

export type ServerKind = Extract<PartKind, `${string}mcp-servers`>;

/** The member of each kind of file that holds the servers, and how that is written. */
export const SERVER_LISTS = {
  'mcp-servers': { key: 'mcpServers', dialect: 'json' },
  'vscode-mcp-servers': { key: 'servers', dialect: 'with-comments' },
  'zed-mcp-servers': { key: 'context_servers', dialect: 'with-comments' },
} as const satisfies Record<ServerKind, object>;

export function isOwnServer(server: unknown): boolean {
  const args = memberOf(server, 'args');
  if (!Array.isArray(args) || args.length !== 2) return false;
  const [script, verb] = args;
  return typeof script === 'string' && /(?:^|\/)\.devgen\/runtime\/front\.cjs$/.test(script) && verb === 'mcp';
}

/** The servers of ours in a file of this kind: one `"name": {…}` a line, in the file's order. */
export function findServers(kind: ServerKind, text: string): FoundPart {
  const { key, dialect } = SERVER_LISTS[kind];
  const file = dialect === 'json' ? readJsonText(text) : readJsonWithComments(text);
  const servers = memberOf(file, key);
  // Where there may be comments, a list that is missing can be made.
  if (dialect !== 'json' && isObject(file) && servers === undefined) return { kind: 'absent' };
  if (!isObject(servers)) return { kind: 'damaged' };
  const own = Object.entries(servers).filter(([, server]) => isOwnServer(server));
  if (own.length === 0) return { kind: 'absent' };
  return {
    kind: 'found',
    body: own.map(([name, server]) => `${JSON.stringify(name)}: ${JSON.stringify(server)}\n`).join(''),
  };
}
