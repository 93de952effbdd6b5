import { cleanText } from '../../base/clean-text.ts';
import { cutLine } from '../../base/cut-line.ts';
import type { LogLine } from '../../runtime/logs/merge-logs.ts';
import { type Paint, paintPlain, serviceColour } from '../screen/paint.ts';

/** `cut`: a line shows no more than fits a reader that is not a person. */
export type LineLength = 'cut' | 'whole';

export interface LogStyle {
  /** Names of the plan's services, in its order: decides the colours. */
  readonly all: readonly string[];
  /** Those whose lines are shown; with more than one each line says whose it is. */
  readonly shown: readonly string[];
  readonly timestamps: 'hidden' | 'shown';
  readonly paint: Paint;
  readonly length: LineLength;
}

/** Dresses log lines for people. The services' own colours stay where ours do. */
export function logFormatter({ all, shown, timestamps, paint, length }: LogStyle): (line: LogLine) => string {
  const width = Math.max(0, ...shown.map((name) => name.length));
  const prefixes = new Map(
    shown.map((name) => [name, paint(serviceColour(all.indexOf(name)), `${name.padEnd(width)} |`)]),
  );
  return ({ service, text, at }) => {
    const time = timestamps === 'shown' ? [paint('dim', new Date(at).toISOString())] : [];
    const prefix = shown.length > 1 ? [prefixes.get(service) ?? service] : [];
    const clean = paint === paintPlain ? cleanText(text, 'plain') : text;
    return [...time, ...prefix, length === 'cut' ? cutLine(clean) : clean].join(' ');
  };
}

/** One log line for programs. */
export function logLineToJson({ service, text, at }: LogLine, length: LineLength) {
  const clean = cleanText(text, 'plain');
  return { at: new Date(at).toISOString(), service, text: length === 'cut' ? cutLine(clean) : clean };
}
