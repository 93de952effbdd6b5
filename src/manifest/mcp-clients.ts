import type { EmitName } from './emitted-files.ts';

/** A program that reads which tools a project has for coding agents. */
export interface McpClientFacts {
  /** The row of what it reads. */
  readonly emit: EmitName;
  readonly file: string;
  /** Where it keeps its own things, in a project that it is used in and in its user's home. */
  readonly folders: { readonly project: string; readonly home: string };
}

/** Source: the documentation of each on Model Context Protocol servers of a project. */
export const MCP_CLIENTS = {
  claude: { emit: 'mcp', file: '.mcp.json', folders: { project: '.claude', home: '.claude' } },
  cursor: { emit: 'mcpCursor', file: '.cursor/mcp.json', folders: { project: '.cursor', home: '.cursor' } },
  vscode: { emit: 'mcpVscode', file: '.vscode/mcp.json', folders: { project: '.vscode', home: '.vscode' } },
  codex: { emit: 'mcpCodex', file: '.codex/config.toml', folders: { project: '.codex', home: '.codex' } },
  zed: { emit: 'mcpZed', file: '.zed/settings.json', folders: { project: '.zed', home: '.config/zed' } },
} as const satisfies Readonly<Record<string, McpClientFacts>>;

export type McpClient = keyof typeof MCP_CLIENTS;

export const MCP_CLIENT_NAMES: readonly McpClient[] = Object.keys(MCP_CLIENTS).filter(isMcpClient);

export function isMcpClient(name: string): name is McpClient {
  return Object.hasOwn(MCP_CLIENTS, name);
}
