import { OWN_SERVER } from '../../manifest/mcp-servers.ts';
import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';

const NAME = 'devgen';

/** A server in `.mcp.json`, where coding agents look for the tools of a project; only where its name is free. */
export function renderMcp({ repository: { mcpServers } }: ProjectFacts): Rendered<'mcp'> {
  if (mcpServers?.has(NAME)) return {};
  return { '.mcp.json': `${JSON.stringify(NAME)}: ${JSON.stringify(OWN_SERVER)}\n` };
}
