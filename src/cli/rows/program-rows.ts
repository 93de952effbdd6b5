import type { CommandName } from '../../base/commands.ts';
import { mcpCommand } from '../arguments/mcp-command.ts';
import * as option from '../arguments/option-table.ts';
import type { CheckCommand } from '../commands/check.ts';
import type { DoctorCommand } from '../commands/doctor.ts';
import type { HelpCommand } from '../commands/help.ts';
import type { McpCommand } from '../commands/mcp.ts';
import type { PsCommand } from '../commands/ps.ts';
import { FRONT_ROWS } from './front-rows.ts';
import { COMMAND_NAME, MCP_WORDS, SERVICE_NAMES } from './positionals.ts';
import { type CommandRow, row } from './row.ts';

/** The commands that do without a config that makes sense. */
export const PROGRAM_ROWS = {
  doctor: row({
    positional: SERVICE_NAMES,
    options: [option.AS_JSON],
    summary: 'what is wrong, and how to mend it',
    effect: 'reads',
    needs: 'root',
    parse: (raw): DoctorCommand => ({ kind: 'doctor', names: raw.positionals }),
    run: async (command, context) => (await import('../commands/doctor.ts')).runDoctor(command, context),
  }),
  mcp: row({
    positional: MCP_WORDS,
    options: [option.YES, option.DRY_RUN, option.AS_JSON],
    summary: 'tools for coding agents (Model Context Protocol), over stdin and stdout',
    effect: 'changes',
    needs: 'root',
    packageWord: 'install',
    parse: (raw, take): McpCommand => take<McpCommand>(mcpCommand(raw), { kind: 'mcp', action: 'serve' }),
    run: async (command, context) => (await import('../commands/mcp.ts')).runMcp(command, context),
    runInPackage: async (command, context) =>
      (await import('../generator/commands/install-mcp.ts')).installMcp(command, context),
  }),
  ps: row({
    positional: null,
    options: [option.AS_JSON],
    summary: 'what runs in every working copy on this machine',
    effect: 'reads',
    needs: 'program',
    parse: (): PsCommand => ({ kind: 'ps' }),
    run: async (command, context) => (await import('../commands/ps.ts')).showRuns(command, context),
  }),
  check: row({
    positional: null,
    options: [option.AS_JSON],
    summary: 'fail if a generated file is missing or edited',
    effect: 'reads',
    needs: 'root',
    parse: (): CheckCommand => ({ kind: 'check' }),
    run: async (_, context) => (await import('../commands/check.ts')).runCheck(context),
    // The runtime only knows what was written, the generator also what would be.
    runInPackage: async (_, context) => (await import('../generator/commands/generate.ts')).checkUpToDate(context),
  }),
  help: row({
    positional: COMMAND_NAME,
    options: [option.AS_JSON],
    summary: 'this text, or all about one command',
    effect: 'reads',
    needs: 'program',
    parse: (raw): HelpCommand => ({ kind: 'help', topic: raw.positionals[0] ?? null }),
    run: async (command, context) => (await import('../commands/help.ts')).showHelp(command, context),
  }),
  version: row({
    ...FRONT_ROWS.version,
    needs: 'program',
    run: async (_, context) => (await import('../commands/version.ts')).showVersion(context.screen),
  }),
} satisfies Partial<Record<CommandName, CommandRow>>;
