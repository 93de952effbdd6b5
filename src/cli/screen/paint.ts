export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'bold' | 'dim';

/** Dresses a text in a colour, or leaves it as it is when the stream takes none. */
export type Paint = (colour: Colour, text: string) => string;

/** Source: ECMA-48, 8.3.117 (SGR). */
const CODES: Readonly<Record<Colour, readonly [on: number, off: number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
};

export const paintPlain: Paint = (_colour, text) => text;

export const paintColoured: Paint = (colour, text) => {
  const [on, off] = CODES[colour];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

/** Colours by which services are told apart; the same service always has the same. */
const SERVICE_COLOURS: readonly Colour[] = ['cyan', 'magenta', 'blue', 'green', 'yellow'];

/** `position`: the service's place in the plan. */
export function serviceColour(position: number): Colour {
  return SERVICE_COLOURS[Math.max(0, position) % SERVICE_COLOURS.length] ?? 'cyan';
}
