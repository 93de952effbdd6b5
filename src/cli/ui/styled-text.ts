import { cleanText } from '../../base/clean-text.ts';

/** A text without escapes, and which of its parts a terminal would show how. */
export interface StyledText {
  readonly text: string;
  /** From which character to which, and the names of the styles. */
  readonly styles: readonly (readonly [from: number, until: number, names: string])[];
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence.
const STYLE = /\u001b\[([0-9;:]*)m/;

type Styles = Readonly<Record<string, string>>;

/** Reads the colours and styles of a line. Of all other colours the nearest of the sixteen stands for one. */
export function styledText(line: string): StyledText {
  const parts = cleanText(line, 'styled').split(STYLE);
  let text = '';
  let now: Styles = {};
  const styles: (readonly [number, number, string])[] = [];
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      now = applied(now, part);
      continue;
    }
    const names = Object.values(now).join(' ');
    if (names !== '' && part !== '') styles.push([text.length, text.length + part.length, names]);
    text += part;
  }
  return { text, styles };
}

/** Source: ECMA-48, 8.3.117; xterm control sequences, on 38 and 48. */
function applied(before: Styles, sequence: string): Styles {
  const codes = sequence.split(/[;:]/).map(Number);
  let now = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const [colour, length] = extended(codes.slice(at + 1));
      now = { ...now, [code === 38 ? 'colour' : 'ground']: code === 38 ? colour : `on-${colour}` };
      at += length;
    } else now = code === 0 ? {} : changed(now, code);
  }
  return now;
}

const ON: Readonly<Record<number, string>> = { 1: 'bold', 2: 'dim', 3: 'italic', 4: 'underline', 7: 'inverse' };
const OFF: Readonly<Record<number, readonly string[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  39: ['colour'],
  49: ['ground'],
};

function changed(now: Styles, code: number): Styles {
  const on = ON[code];
  if (on !== undefined) return { ...now, [on]: on };
  const off = OFF[code];
  if (off !== undefined) return Object.fromEntries(Object.entries(now).filter(([name]) => !off.includes(name)));
  const colour = COLOURS[code % 10] ?? 'white';
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { ...now, colour };
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) return { ...now, ground: `on-${colour}` };
  return now;
}

/** The colour behind 38 or 48, and how many numbers say so. */
function extended([kind, ...values]: readonly number[]): readonly [colour: string, length: number] {
  const [first = 0, green = 0, blue = 0] = values;
  if (kind === 2) return [nearestColour(first, green, blue), 4];
  if (kind !== 5) return ['white', 1];
  if (first < 16) return [COLOURS[first % 8] ?? 'white', 2];
  if (first > 231) return ['white', 2];
  const level = (part: number): number => (part % 6) * 51;
  return [nearestColour(level(((first - 16) / 36) | 0), level(((first - 16) / 6) | 0), level(first - 16)), 2];
}

/** By its hue, in degrees where each begins; without one, grey. */
function nearestColour(red: number, green: number, blue: number): string {
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  if (span < 40) return 'white';
  const sixths =
    most === red ? (green - blue) / span : most === green ? 2 + (blue - red) / span : 4 + (red - green) / span;
  const hue = (sixths * 60 + 360) % 360;
  const ends: readonly (readonly [number, string])[] = [
    [20, 'red'],
    [70, 'yellow'],
    [165, 'green'],
    [200, 'cyan'],
    [260, 'blue'],
    [340, 'magenta'],
  ];
  return ends.find(([end]) => hue < end)?.[1] ?? 'red';
}
