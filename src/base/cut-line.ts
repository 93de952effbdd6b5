const LONGEST_LINE = 2000;
const CUT_OFF = /^\u2026 [\d,]+ more$/;

/** A line off a terminal: what comes after 2,000 characters is only counted. A line that was cut stays as it is. */
export function cutLine(line: string): string {
  const over = line.length - LONGEST_LINE;
  if (over <= 0 || CUT_OFF.test(line.slice(LONGEST_LINE))) return line;
  return `${line.slice(0, LONGEST_LINE)}… ${over.toLocaleString('en')} more`;
}
