import type { LogText } from '../../runtime/errors/find-errors.ts';

/** What reloaders and bundlers say when they have seen a change. */
const REACTION =
  /\bre-?(?:load|start|build|compil)|\bhmr\b|\bhot\b.*\bupdate|\bcompil(?:ed|ing)\b|\bchanges? detected\b/i;

/** When a server wrote that it takes a change up; epoch ms, the oldest first. */
export function reactionsIn(lines: readonly LogText[]): readonly number[] {
  return lines.flatMap(({ text, at }) => (REACTION.test(text) ? [at] : []));
}
