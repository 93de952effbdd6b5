import { cleanText } from '../../base/clean-text.ts';
import { cutLine } from '../../base/cut-line.ts';
import type { Screen } from '../screen/screen.ts';

const KEPT_LINES = 40;

/** What each task of this run printed last, for the answer to a program. */
export interface ClosingLines {
  add(task: string, line: string): void;
  /** Oldest first; empty for a task that was not run, whatever it printed another time. */
  of(task: string): readonly string[];
}

export function keepClosingLines(screen: Pick<Screen, 'masked'>): ClosingLines {
  const kept = new Map<string, string[]>();
  return {
    add(task, line) {
      const lines = kept.get(task) ?? [];
      kept.set(task, lines);
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    },
    // Half a secret is not known for one: lines are cut once they are masked.
    of: (task) => (kept.get(task) ?? []).map((line) => cutLine(screen.masked(cleanText(line, 'plain')))),
  };
}
