import type { WholeFile } from '../engine/desired-file.ts';
import { renderCompletionWords } from './completion-words.ts';
import type { CompletedShell, ProjectFacts } from './project-facts.ts';
import { textFile } from './whole-file.ts';

const SHELLS: readonly CompletedShell[] = ['bash', 'zsh', 'fish'];

/** What each shell needs to complete `./dev` and the aliases, and the words: no TAB ever starts node. */
export function emitCompletion({ emit, plan, commands, templates }: ProjectFacts): readonly WholeFile[] {
  if (!emit.completion || commands.length === 0) return [];
  const scripts = SHELLS.map((shell) => {
    const text = templates.completion[shell].replaceAll('@PREFIX@', plan.aliasPrefix);
    return textFile(`.devgen/completion/dev.${shell}`, text);
  });
  return [...scripts, textFile('.devgen/completion/words', renderCompletionWords(plan, commands))];
}
