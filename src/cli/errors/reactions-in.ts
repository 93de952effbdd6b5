import type { LogText } from '../../runtime/errors/find-errors.ts';

/** What reloaders and bundlers say when they have seen a change. */
const REACTION =
  /\bre-?(?:load|start|build|compil)|\bhmr\b|\bhot\b.*\bupdate|\bcompil(?:ed|ing)\b|\bchanges? detected\b/i;

/** The lines in which a server says that it takes a change up, the oldest first. */
export function reactionsIn(lines: readonly LogText[]): readonly LogText[] {
  return lines.filter(({ text }) => REACTION.test(text));
}
