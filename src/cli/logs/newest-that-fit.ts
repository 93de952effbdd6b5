/** A longer line is data; where it begins tells what it is. */
const LONGEST_LINE = 400;

/** The newest lines of these that have room in so many bytes, and how many are left out before them. */
export function newestThatFit(lines: readonly string[], mostBytes: number) {
  const shown: string[] = [];
  let left = mostBytes;
  for (const line of lines.toReversed()) {
    const text = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
    left -= Buffer.byteLength(text) + 1;
    if (left < 0) break;
    shown.unshift(text);
  }
  return { shown, leftOut: lines.length - shown.length };
}
