import type { Diagnostic } from '../../base/diagnostic.ts';
import { readRepository } from '../../generate/emit/read-repository.ts';
import { MCP_CLIENTS, type McpClient } from '../../manifest/mcp-clients.ts';
import { OWN_SERVER_NAME } from '../../manifest/mcp-servers.ts';
import { readDisk } from '../../manifest/read-disk.ts';
import { REASONS } from '../sentences/describe-refusal.ts';

/** What keeps any of them from getting a server of ours. */
export async function obstaclesFor(root: string, clients: readonly McpClient[]): Promise<readonly Diagnostic[]> {
  const { mcpServers } = await readRepository(root);
  const disk = readDisk(
    root,
    clients.map((client) => ({ path: MCP_CLIENTS[client].file, executable: false })),
  );
  return clients.flatMap((client) => {
    const { file } = MCP_CLIENTS[client];
    const place = { file };
    const entry = disk.get(file);
    if (entry?.kind === 'blocked') {
      const message = `\`${file}\` ${REASONS[entry.reason]}`;
      return { code: 'generate/blocked', message, hint: `Put an ordinary file there, or ${LEAVE_OUT}`, place };
    }
    if (mcpServers[client] === null) {
      const message = `\`${file}\` has no list of servers that one could be added to`;
      return { code: 'generate/no-list', message, hint: `${MENDING[client]}, or ${LEAVE_OUT}`, place };
    }
    if (!mcpServers[client].has(OWN_SERVER_NAME)) return [];
    const message = `\`${file}\` has a server called \`${OWN_SERVER_NAME}\` already, which devgen leaves alone`;
    return { code: 'generate/name-taken', message, hint: `Rename or remove that one, or ${LEAVE_OUT}`, place };
  });
}

const LEAVE_OUT = 'leave this client out by naming the others: `devgen mcp install cursor codex`.';

/** What a list of servers has to look like. */
const MENDING: Readonly<Record<McpClient, string>> = {
  claude: 'Make it JSON with `"mcpServers": {}`',
  cursor: 'Make it JSON with `"mcpServers": {}`',
  vscode: 'Make it a JSON object, whose `servers` is one, too',
  codex: 'Make it TOML with a table for each server, `[mcp_servers.NAME]`, instead of all in braces',
  zed: 'Make it a JSON object, whose `context_servers` is one, too',
};
