import { stripVTControlCharacters } from 'node:util';
import type { LogLine } from '../../runtime/logs/merge-logs.ts';
import { type Paint, paintPlain, serviceColour } from '../screen/paint.ts';

export interface LogStyle {
  /** Names of the plan's services, in its order: decides the colours. */
  readonly all: readonly string[];
  /** Those whose lines are shown; with more than one each line says whose it is. */
  readonly shown: readonly string[];
  readonly timestamps: 'hidden' | 'shown';
  readonly paint: Paint;
}

/** Dresses log lines for people. The services' own colours stay where ours do. */
export function logFormatter({ all, shown, timestamps, paint }: LogStyle): (line: LogLine) => string {
  const width = Math.max(0, ...shown.map((name) => name.length));
  const prefixes = new Map(
    shown.map((name) => [name, paint(serviceColour(all.indexOf(name)), `${name.padEnd(width)} |`)]),
  );
  return ({ service, text, at }) => {
    const time = timestamps === 'shown' ? [paint('dim', new Date(at).toISOString())] : [];
    const prefix = shown.length > 1 ? [prefixes.get(service) ?? service] : [];
    return [...time, ...prefix, paint === paintPlain ? stripVTControlCharacters(text) : text].join(' ');
  };
}

/** One log line for programs. */
export function logLineToJson({ service, text, at }: LogLine) {
  return { at: new Date(at).toISOString(), service, text: stripVTControlCharacters(text) };
}
