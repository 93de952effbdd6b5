import type { EmittedName } from '../../manifest/emitted-files.ts';
import type { Emitter } from './emitter.ts';
import { renderAgents } from './render-agents.ts';
import { renderAliases } from './render-aliases.ts';
import { renderCompletion } from './render-completion.ts';
import { renderFormatterIgnore } from './render-formatter-ignore.ts';
import { renderGitattributes } from './render-gitattributes.ts';
import { renderGitignore } from './render-gitignore.ts';
import { renderGuide } from './render-guide.ts';
import { renderLauncher } from './render-launcher.ts';
import { renderMakefile } from './render-makefile.ts';
import { renderMcp, renderMcpCodex, renderMcpCursor, renderMcpVscode, renderMcpZed } from './render-mcp.ts';
import { renderNodemon } from './render-nodemon.ts';
import { renderNpmScripts } from './render-npm-scripts.ts';
import { renderOutputSchema } from './render-output-schema.ts';
import { renderRuntime } from './render-runtime.ts';
import { renderSchema } from './render-schema.ts';
import { renderSeed } from './render-seed.ts';
import { renderSkill } from './render-skill.ts';
import { renderStartScripts } from './render-start-scripts.ts';
import { renderVscodeTasks } from './render-vscode-tasks.ts';

/** The text of every row of `EMITTED`. */
export const EMITTERS: { readonly [Name in EmittedName]: Emitter<Name> } = {
  config: renderSeed,
  launcher: renderLauncher,
  runtime: renderRuntime,
  schema: renderSchema,
  outputSchema: renderOutputSchema,
  makefile: renderMakefile,
  aliases: renderAliases,
  completion: renderCompletion,
  startScripts: renderStartScripts,
  npmScripts: renderNpmScripts,
  nodemon: renderNodemon,
  vscode: renderVscodeTasks,
  guide: renderGuide,
  agents: renderAgents,
  mcp: renderMcp,
  mcpCursor: renderMcpCursor,
  mcpVscode: renderMcpVscode,
  mcpCodex: renderMcpCodex,
  mcpZed: renderMcpZed,
  skill: renderSkill,
  gitignore: renderGitignore,
  gitattributes: renderGitattributes,
  formatterIgnore: renderFormatterIgnore,
};
