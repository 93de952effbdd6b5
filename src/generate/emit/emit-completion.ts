import type { WholeFile } from '../engine/desired-file.ts';
import { COMPLETED_SHELLS } from './completed-shells.ts';
import { renderCompletionWords } from './completion-words.ts';
import type { ProjectFacts } from './project-facts.ts';
import { textFile } from './whole-file.ts';

/** What each shell needs to complete `./dev` and the aliases, and the words: no TAB ever starts node. */
export function emitCompletion({ emit, plan, commands, templates }: ProjectFacts): readonly WholeFile[] {
  if (!emit.completion || commands.length === 0) return [];
  const scripts = COMPLETED_SHELLS.map((shell) => {
    const text = templates.completion[shell].replaceAll('@PREFIX@', plan.aliasPrefix);
    return textFile(`.devgen/completion/dev.${shell}`, text);
  });
  return [...scripts, textFile('.devgen/completion/words', renderCompletionWords(plan, commands))];
}
