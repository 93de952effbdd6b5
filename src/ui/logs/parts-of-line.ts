export type StyleRun = readonly [from: number, until: number, names: string];

/** A piece of a line that looks the same all along. */
export interface LinePart {
  readonly text: string;
  /** Names of styles; empty: none. */
  readonly names: string;
  /** Whether it is what was searched for. */
  readonly isHit: boolean;
}

/** A line in pieces: its own styles, and what was searched for in it, in any case; empty: nothing was. */
export function partsOfLine(text: string, styles: readonly StyleRun[], wanted: string): readonly LinePart[] {
  const hits = hitsIn(text, wanted);
  const runs = [...styles, ...hits];
  const cuts = [...runs.map(([from]) => from), ...runs.map(([, until]) => until)];
  const places = [...new Set([0, ...cuts, text.length])].filter((place) => place <= text.length).sort((a, b) => a - b);
  return places.slice(1).map((until, index) => {
    const from = places[index] ?? 0;
    const covers = ([start, end]: readonly [number, number, ...unknown[]]): boolean => start <= from && until <= end;
    return { text: text.slice(from, until), names: styles.find(covers)?.[2] ?? '', isHit: hits.some(covers) };
  });
}

function hitsIn(text: string, wanted: string): readonly (readonly [number, number])[] {
  const needle = wanted.toLowerCase();
  const hay = text.toLowerCase();
  // A few letters change their length with their case: then no place would be right.
  if (needle === '' || hay.length !== text.length) return [];
  const hits: (readonly [number, number])[] = [];
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + needle.length)) {
    hits.push([at, at + needle.length]);
  }
  return hits;
}
