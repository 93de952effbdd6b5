import type { Rendered } from './emitter.ts';
import type { ProjectFacts } from './project-facts.ts';
import { agentRules } from './render-agents.ts';

/** By it an agent knows when to read the rest. */
const DESCRIPTION =
  'Start, stop and watch the dev servers of this project, and find out whether an edit worked. Use it before any ' +
  'server is started or stopped, after each edit, and when a page or an API does not answer.';

/** What `AGENTS.md` says, for coding agents that read it only when they need it. */
export function renderSkill({ plan, launcher }: ProjectFacts): Rendered<'skill'> {
  return {
    '.claude/skills/dev-servers/SKILL.md': `---
name: dev-servers
description: ${DESCRIPTION}
---

${agentRules(plan, `./${launcher}`)}`,
  };
}
