import type { Paint } from '../screen/paint.ts';

/** The lines of a unified diff, coloured as git does. */
export function paintDiff(diff: string, paint: Paint): readonly string[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => paintLine(line, paint));
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith('--- ') || line.startsWith('+++ ')) return paint('bold', line);
  if (line.startsWith('@@ ')) return paint('cyan', line);
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}
