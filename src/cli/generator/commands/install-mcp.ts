import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { err, ok, type Result } from '../../../base/result.ts';
import { hasValue, setValue } from '../../../config/edit/set-value.ts';
import { type ConfigFile, findConfig } from '../../../config/find-config.ts';
import { generateProject } from '../../../generate/generate.ts';
import { MCP_CLIENT_NAMES, MCP_CLIENTS, type McpClient } from '../../../manifest/mcp-clients.ts';
import type { McpCommand } from '../../commands/mcp.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { complain } from '../../output/complain.ts';
import { EXIT, type ExitCode } from '../../output/exit-code.ts';
import { explainRefusal } from '../../settings/change-setting.ts';
import { writeConfig } from '../../settings/write-config.ts';
import { changeWithConsent } from '../change-with-consent.ts';
import { generateOptions } from '../generate-options.ts';
import { loadProjectFrom } from '../load-project.ts';
import { obstaclesFor } from '../mcp-obstacles.ts';

/**
 * Adds the tools for coding agents to what their programs read in this project, by `emit` in the config: so every later
 * `generate` keeps them, and `uninstall` takes them out.
 */
export async function installMcp(command: McpCommand, context: GeneratorContext): Promise<ExitCode> {
  const { directory, screen } = context;
  // `mcp` alone is the runtime's.
  if (command.action !== 'install') throw new Error('the package does not serve tools');
  const found = await findConfig(directory);
  if (!found.ok) return complain(screen, found.error);
  const file = found.value;
  const clients = command.clients.length > 0 ? command.clients : usedClients(file.root);
  const obstacles = await obstaclesFor(file.root, clients);
  if (obstacles.length > 0) {
    complain(screen, obstacles);
    return EXIT.failed;
  }
  const text = withClients(file, clients);
  if (!text.ok) return complain(screen, [text.error]);
  const project = await loadProjectFrom({ ...file, text: text.value });
  if (!project.ok) return complain(screen, project.error);
  const options = generateOptions(project.value, { writing: command.writing, edited: 'kept', seed: null }, context);
  let problem: Diagnostic | undefined;
  const code = await changeWithConsent(
    {
      command: 'mcp install',
      confirm: command.confirm,
      writing: command.writing,
      question: `Add the tools for ${clients.join(', ')}?`,
      async perform(mode) {
        const preview = await generateProject({ ...options, mode: mode === 'write' ? 'dry-run' : mode });
        // A config that asks for what is refused would fail each later `generate`.
        if (mode !== 'write' || preview.outcome === 'refused') return preview;
        if (text.value !== file.text) problem = writeConfig(file, text.value);
        return problem === undefined ? generateProject({ ...options, mode }) : preview;
      },
    },
    screen,
  );
  if (problem === undefined) return code;
  complain(screen, [problem]);
  return EXIT.failed;
}

/** Those that have left something in the project, or in the home of its user; what reads `.mcp.json`, always. */
function usedClients(root: string): readonly McpClient[] {
  return MCP_CLIENT_NAMES.filter((client) => {
    const { project, home } = MCP_CLIENTS[client].folders;
    return client === 'claude' || existsSync(join(root, project)) || existsSync(join(homedir(), home));
  });
}

/** The config that has them generated. */
function withClients(file: ConfigFile, clients: readonly McpClient[]): Result<string, Diagnostic> {
  let { text } = file;
  for (const client of clients) {
    const { emit } = MCP_CLIENTS[client];
    // It is generated unless the config says no.
    if (emit === 'mcp' && !hasValue(file, ['emit', emit])) continue;
    const set = setValue({ ...file, text }, ['emit', emit], true);
    if (!set.ok) return err(explainRefusal(set.error, file, { key: `emit.${emit}`, word: 'true' }));
    text = set.value;
  }
  return ok(text);
}
