import { describeEvent } from '../../runtime/sentences/describe-event.ts';
import type { Words } from '../../runtime/sentences/sentence.ts';
import type { RuntimeEvent } from '../../runtime/state/runtime-event.ts';
import { lineUp } from '../screen/columns.ts';
import { type Paint, serviceColour } from '../screen/paint.ts';
import { paintTone } from './show-sentence.ts';

export interface HistoryStyle {
  /** Of all services that there are: decides the colours. */
  readonly names: readonly string[];
  readonly words: Words;
  readonly paint: Paint;
}

/** A line an event, the oldest first: when (local time), to which service, what and why. */
export function historyTable(
  events: readonly RuntimeEvent[],
  { names, words, paint }: HistoryStyle,
): readonly string[] {
  return lineUp(
    events.map((event) => [
      paint('dim', localTime(new Date(event.at))),
      paint(serviceColour(names.indexOf(event.service)), event.service),
      paintTone(describeEvent(event, words), paint),
    ]),
  );
}

/** `2026-01-31 09:00:07`. */
function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [String(time.getFullYear()), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}
