import { clockText } from '../parts/amounts.ts';
import { serviceTone } from '../parts/service-tone.ts';
import type { LineDocument } from './kept-lines.ts';
import { partsOfLine } from './parts-of-line.ts';

export interface RowStyle {
  /** Of all services: decides the colours. */
  readonly names: readonly string[];
  /** Whose lines are shown; with more than one each line says whose it is. */
  readonly chosen: readonly string[];
  readonly times: 'shown' | 'hidden';
  /** What is searched for. */
  readonly wanted: string;
}

interface LogRowProps {
  /** `undefined`: it is being fetched. */
  readonly line: LineDocument | undefined;
  readonly style: RowStyle;
  /** The line that was searched for and found. */
  readonly isFound: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** One line. What stands in it is text, whatever it looks like. */
export function LogRow({ line, style, isFound, now }: LogRowProps) {
  if (line === undefined) return <div class="line" />;
  const { names, chosen, times, wanted } = style;
  const { text, styles = [], level, service, at } = line;
  return (
    <div class={`line ${level ?? ''} ${isFound ? 'found' : ''}`}>
      {times === 'shown' && <span class="time">{clockText(new Date(at).toISOString(), now)}</span>}
      {chosen.length !== 1 && <span class={`whose ${serviceTone(names, service)}`}>{service}</span>}
      <span class="text">
        {partsOfLine(text, styles, wanted).map((part, index) =>
          part.isHit ? (
            <mark key={index} class={part.names}>
              {part.text}
            </mark>
          ) : (
            <span key={index} class={part.names}>
              {part.text}
            </span>
          ),
        )}
      </span>
    </div>
  );
}
