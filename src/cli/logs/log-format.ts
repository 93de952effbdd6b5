import { cleanText } from '../../base/clean-text.ts';
import { cutLine } from '../../base/cut-line.ts';
import type { LogLine } from '../../runtime/logs/merge-logs.ts';
import { lineWidth } from '../screen/columns.ts';
import { wrapColumns } from '../screen/fit-columns.ts';
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
  /** Of the terminal now; `null`: there is none to fit lines into. */
  columns(): number | null;
}

/** Beside a narrower text the terminal may as well break lines where it likes. */
const LEAST_ROOM = 20;
const TAB = '    ';
/** Terminals open one that they broke themselves. */
const ADDRESS = /\S+:\/\/\S+/g;

/**
 * Dresses log lines for people. The services' own colours stay where ours do. With several services a line that is
 * wider than the terminal goes on beside their names, in rows, unless it has an address that would be cut in two.
 */
export function logFormatter(style: LogStyle): (line: LogLine) => string {
  const { all, shown, timestamps, paint, length, columns } = style;
  const width = Math.max(0, ...shown.map((name) => name.length));
  const gutterOf = (service: string, label: string): readonly string[] =>
    shown.length > 1 ? [paint(serviceColour(all.indexOf(service)), `${label.padEnd(width)} |`)] : [];
  return ({ service, text, at }) => {
    const time = timestamps === 'shown' ? [new Date(at).toISOString()] : [];
    const clean = paint === paintPlain ? cleanText(text, 'plain') : text;
    const [first = '', ...rest] = rowsOf(length === 'cut' ? cutLine(clean) : clean, {
      room: shown.length > 1 ? columns() : null,
      before: [...time, ...gutterOf(service, '')].join(' '),
    });
    const dimmed = time.map((each) => paint('dim', each));
    const blank = time.map((each) => ' '.repeat(each.length));
    const rows = [
      [...dimmed, ...gutterOf(service, service), first],
      ...rest.map((row) => [...blank, ...gutterOf(service, ''), row]),
    ];
    return rows.map((row) => row.join(' ')).join('\n');
  };
}

interface Room {
  /** Columns of all. */
  readonly room: number | null;
  /** What stands in them before the text. */
  readonly before: string;
}

function rowsOf(text: string, { room, before }: Room): readonly string[] {
  const left = room === null ? 0 : room - lineWidth(before) - 1;
  if (left < LEAST_ROOM) return [text];
  const line = text.replaceAll('\t', TAB);
  const addresses = line.match(ADDRESS) ?? [];
  if (lineWidth(line) <= left || addresses.some((each) => lineWidth(each) > left)) return [text];
  return [...wrapColumns(cleanText(line, 'styled'), left)];
}

/** One log line for programs. */
export function logLineToJson({ service, text, at }: LogLine, length: LineLength) {
  const clean = cleanText(text, 'plain');
  return { at: new Date(at).toISOString(), service, text: length === 'cut' ? cutLine(clean) : clean };
}
