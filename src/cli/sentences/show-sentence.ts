import type { Sentence, Tone } from '../../runtime/sentences/sentence.ts';
import type { Colour, Paint } from '../screen/paint.ts';

const TONE_COLOURS: Readonly<Record<Tone, Colour | null>> = {
  news: null,
  good: 'green',
  warning: 'yellow',
  bad: 'red',
};

/** What stands before a sentence, already dressed: `backend:`. */
export interface Label {
  readonly text: string;
  readonly colour: Colour;
}

/** The lines of a sentence about a service: `backend: ready at …`, its details below it, indented. */
export function showSentence({ text, colour }: Label, said: Sentence, paint: Paint): readonly string[] {
  return [`${paint(colour, text)} ${paintTone(said, paint)}`, ...said.details.map((detail) => `  ${detail}`)];
}

/** The sentence itself in the colour of its tone. */
export function paintTone({ tone, text }: Sentence, paint: Paint): string {
  const colour = TONE_COLOURS[tone];
  return colour === null ? text : paint(colour, text);
}
