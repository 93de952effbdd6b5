import { aliasNames } from './alias-names.ts';
import { COMPLETED_SHELLS } from './completed-shells.ts';
import { renderCompletionWords } from './completion-words.ts';
import type { Rendered } from './emitter.ts';
import { type ProjectFacts, template } from './project-facts.ts';

/** What each shell needs to complete `./dev` and the aliases, and the words: no TAB ever starts node. */
export function renderCompletion({ plan, commands, templates }: ProjectFacts): Rendered<'completion'> {
  if (commands.length === 0) return {};
  const scripts = COMPLETED_SHELLS.map((shell) => {
    const text = template(templates, `completion/dev.${shell}`);
    return [`.devgen/completion/dev.${shell}`, text.replaceAll('@ALIASES@', aliasNames(plan.aliasPrefix).join(' '))];
  });
  return {
    ...Object.fromEntries(scripts),
    '.devgen/completion/words': renderCompletionWords(plan, commands),
  };
}
