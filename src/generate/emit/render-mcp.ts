import { OWN_EDITOR_SERVER, OWN_SERVER } from '../../manifest/mcp-servers.ts';
import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

const NAME = 'devgen';

/** A server in `.mcp.json`, where coding agents look for the tools of a project; only where its name is free. */
export function renderMcp({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcp'> {
  return mcpServers.claude?.has(NAME) ? {} : { '.mcp.json': serverText(OWN_SERVER) };
}

export function renderMcpCursor({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpCursor'> {
  return mcpServers.cursor?.has(NAME) ? {} : { '.cursor/mcp.json': serverText(OWN_EDITOR_SERVER) };
}

export function renderMcpVscode({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpVscode'> {
  return mcpServers.vscode?.has(NAME) ? {} : { '.vscode/mcp.json': serverText(OWN_EDITOR_SERVER) };
}

export function renderMcpZed({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpZed'> {
  return mcpServers.zed?.has(NAME) ? {} : { '.zed/settings.json': serverText(OWN_SERVER) };
}

/** A table of its own at the end: whatever stands before it is not in it. */
export function renderMcpCodex({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpCodex'> {
  if (mcpServers.codex?.has(NAME)) return {};
  const args = OWN_SERVER.args.map((word) => JSON.stringify(word)).join(', ');
  const command = JSON.stringify(OWN_SERVER.command);
  return { '.codex/config.toml': `[mcp_servers.${NAME}]\ncommand = ${command}\nargs = [${args}]\n` };
}

function serverText(server: object): string {
  return `${JSON.stringify(NAME)}: ${JSON.stringify(server)}\n`;
}
