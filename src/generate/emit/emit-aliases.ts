import type { WholeFile } from '../engine/desired-file.ts';
import type { ProjectFacts } from './project-facts.ts';
import { textFile } from './whole-file.ts';

/** `scripts/aliases.sh`, one file for bash, zsh and fish. */
export function emitAliases({ emit, plan, templates }: ProjectFacts): readonly WholeFile[] {
  if (!emit.aliases) return [];
  const variable = `_${plan.aliasPrefix.replaceAll('-', '_')}_root`;
  const text = templates.aliases.replaceAll('@PREFIX@', plan.aliasPrefix).replaceAll('@VARIABLE@', variable);
  return [textFile('scripts/aliases.sh', text)];
}
