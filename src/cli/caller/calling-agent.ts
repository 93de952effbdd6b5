export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable in which any agent may give its own name. Source: github.com/vercel/vercel, packages/detect-agent */
export const OWN_NAME = 'AI_AGENT';

/**
 * The variables that coding agents set for the commands they run; the editors among them only where it is the agent
 * that runs one. Source: github.com/unjs/std-env, src/agents.ts; github.com/ascorbic/am-i-vibing, src/providers.ts
 */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  claude: ['CLAUDECODE', 'CLAUDE_CODE'],
  codex: ['CODEX_THREAD_ID', 'CODEX_SANDBOX'],
  gemini: ['GEMINI_CLI'],
  opencode: ['OPENCODE'],
  auggie: ['AUGMENT_AGENT'],
  cline: ['CLINE_ACTIVE'],
  junie: ['JUNIE_DATA', 'JUNIE_SHIM_PATH'],
  cursor: ['CURSOR_AGENT'],
};

/** The coding agent that runs this command, as far as its environment tells; `null`: none that is known. */
export function callingAgent(environment: Environment): string | null {
  const named = environment[OWN_NAME]?.trim().toLowerCase() ?? '';
  if (named !== '') return named;
  const isSet = (variable: string): boolean => (environment[variable] ?? '') !== '';
  return Object.keys(MARKS).find((agent) => MARKS[agent]?.some(isSet)) ?? null;
}
