const LONGEST_LINE = 2000;

/** A line off a terminal: what comes after 2,000 characters is only counted. */
export function cutLine(line: string): string {
  const over = line.length - LONGEST_LINE;
  return over <= 0 ? line : `${line.slice(0, LONGEST_LINE)}… ${over.toLocaleString('en')} more`;
}
