import { nearest } from '../../base/nearest.ts';
import { err, ok } from '../../base/result.ts';
import { isMcpClient, MCP_CLIENT_NAMES } from '../../manifest/mcp-clients.ts';
import type { McpCommand } from '../commands/mcp.ts';
import { confirmationOf } from './confirmation.ts';
import type { Taken } from './option-values.ts';
import type { RawCommand } from './raw-command.ts';
import { writingOf } from './writing.ts';

/** `mcp`, or `mcp install CLIENT…`. */
export function mcpCommand(raw: RawCommand): Taken<McpCommand> {
  const [action, ...clients] = raw.positionals;
  if (action === undefined) return ok({ kind: 'mcp', action: 'serve' });
  const code = 'usage/bad-arguments';
  if (action !== 'install') {
    return err({ code, message: `\`mcp\` does not take \`${action}\``, hint: 'Write `mcp` or `mcp install`.' });
  }
  const unknown = clients.find((client) => !isMcpClient(client));
  if (unknown === undefined) {
    const known = clients.filter(isMcpClient);
    return ok({ kind: 'mcp', action, clients: known, confirm: confirmationOf(raw), writing: writingOf(raw) });
  }
  const meant = nearest(unknown, MCP_CLIENT_NAMES);
  return err({
    code,
    message: `there is no client \`${unknown}\``,
    hint: meant === undefined ? `There are ${MCP_CLIENT_NAMES.join(', ')}.` : `Did you mean \`${meant}\`?`,
  });
}
