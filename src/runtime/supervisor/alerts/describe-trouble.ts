import { describeEvent } from '../../sentences/describe-event.ts';
import type { Words } from '../../sentences/sentence.ts';
import type { RuntimeEvent } from '../../state/runtime-event.ts';

/** Whether an event is one that a user who looks elsewhere wants to be told of. */
export function isTrouble(event: RuntimeEvent): boolean {
  if (event.kind === 'exited') return !event.expected;
  return event.kind === 'unhealthy' || event.kind === 'alive-not-listening' || event.kind === 'failed';
}

/** What happened: of several events that belong together the last one says most. */
export function reasonOf(events: readonly RuntimeEvent[], words: Words): string {
  const last = events.findLast(isTrouble);
  return last === undefined ? '' : describeEvent(last, words).text.replace(/; it wrote:$/, '');
}

/** What is done about it. */
export function doneAbout(events: readonly RuntimeEvent[], service: string, words: Words): string | null {
  const follows = events.findLast(({ kind }) => kind === 'backing-off');
  if (follows !== undefined) return describeEvent(follows, words).text;
  if (events.some(({ kind }) => kind === 'failed')) {
    return `it is not started again; \`${words.program} start ${service}\` does`;
  }
  if (events.some(({ kind }) => kind === 'stopping')) return 'it is stopped, to be started again';
  return 'it is left running, and looked at again';
}

export function quotedLines(events: readonly RuntimeEvent[]): readonly string[] | undefined {
  const [lines] = events.flatMap((event) => {
    if ('lastLines' in event) return [event.lastLines];
    return 'failure' in event && 'lastLines' in event.failure ? [event.failure.lastLines] : [];
  });
  return lines;
}
