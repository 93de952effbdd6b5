import { parse, TomlError } from 'smol-toml';
import { dropBlock } from '../../manifest/managed-block.ts';
import { OWN_SERVER_NAME } from '../../manifest/mcp-servers.ts';
import { isObject, memberOf } from '../../manifest/read-json.ts';

/** What our block begins with: a table of its own, whatever stands before it. */
export const CODEX_TABLE = `[mcp_servers.${OWN_SERVER_NAME}]\n`;

/**
 * The names of the user's own servers in a config.toml of Codex, however they are written; `undefined` when it is no
 * TOML, or would be none with a table of ours behind it: all servers in braces take no other. `text`: bytes read as
 * latin1.
 */
export function foreignCodexServers(text: string): ReadonlySet<string> | undefined {
  const users = dropBlock(text);
  const names = serverNames(users);
  return names?.has(OWN_SERVER_NAME) || serverNames(`${users}\n${CODEX_TABLE}`) !== undefined ? names : undefined;
}

function serverNames(text: string): ReadonlySet<string> | undefined {
  try {
    const data = parse(Buffer.from(text, 'latin1').toString(), { integersAsBigInt: 'asNeeded' });
    const servers = memberOf(data, 'mcp_servers') ?? {};
    return isObject(servers) ? new Set(Object.keys(servers)) : undefined;
  } catch (thrown) {
    if (thrown instanceof TomlError) return undefined;
    throw thrown;
  }
}
