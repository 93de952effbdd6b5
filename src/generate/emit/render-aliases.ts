import type { Rendered } from './emitter.ts';
import { type ProjectFacts, template } from './project-facts.ts';

/** `scripts/aliases.sh`, one file for bash, zsh and fish. */
export function renderAliases({ plan, templates }: ProjectFacts): Rendered<'aliases'> {
  const variable = `_${plan.aliasPrefix.replaceAll('-', '_')}_root`;
  const text = template(templates, 'aliases.sh');
  return {
    'scripts/aliases.sh': text.replaceAll('@PREFIX@', plan.aliasPrefix).replaceAll('@VARIABLE@', variable),
  };
}
