import { describeEvent } from '../../runtime/sentences/describe-event.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { RuntimeEvent } from '../../runtime/state/runtime-event.ts';

/** An event as `history --json` has it, and what it says to people. */
export function toldEvent(event: RuntimeEvent, words: Words) {
  return { ...event, says: describeEvent(event, words) };
}
