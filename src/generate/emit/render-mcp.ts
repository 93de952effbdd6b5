import { OWN_EDITOR_SERVER, OWN_SERVER, OWN_SERVER_NAME } from '../../manifest/mcp-servers.ts';
import { CODEX_TABLE } from './codex-servers.ts';
import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

/** A server in `.mcp.json`, where coding agents look for the tools of a project; only where its name is free. */
export function renderMcp({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcp'> {
  return mcpServers.claude?.has(OWN_SERVER_NAME) ? {} : { '.mcp.json': serverText(OWN_SERVER) };
}

export function renderMcpCursor({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpCursor'> {
  return mcpServers.cursor?.has(OWN_SERVER_NAME) ? {} : { '.cursor/mcp.json': serverText(OWN_EDITOR_SERVER) };
}

export function renderMcpVscode({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpVscode'> {
  return mcpServers.vscode?.has(OWN_SERVER_NAME) ? {} : { '.vscode/mcp.json': serverText(OWN_EDITOR_SERVER) };
}

export function renderMcpZed({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpZed'> {
  return mcpServers.zed?.has(OWN_SERVER_NAME) ? {} : { '.zed/settings.json': serverText(OWN_SERVER) };
}

export function renderMcpCodex({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcpCodex'> {
  if (mcpServers.codex?.has(OWN_SERVER_NAME)) return {};
  const args = OWN_SERVER.args.map((word) => JSON.stringify(word)).join(', ');
  const command = JSON.stringify(OWN_SERVER.command);
  return { '.codex/config.toml': `${CODEX_TABLE}command = ${command}\nargs = [${args}]\n` };
}

function serverText(server: object): string {
  return `${JSON.stringify(OWN_SERVER_NAME)}: ${JSON.stringify(server)}\n`;
}
