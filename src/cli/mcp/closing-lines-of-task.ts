import { cleanText } from '../../base/clean-text.ts';
import { cutLine } from '../../base/cut-line.ts';
import { lastLines } from '../../runtime/logs/read-tail.ts';
import { pathsOf } from '../../runtime/state/paths.ts';

const SHOWN_LINES = 40;

/** What a task printed last. */
export function closingLinesOfTask(root: string, task: string): readonly string[] {
  return lastLines(pathsOf(root).taskLog(task), SHOWN_LINES).map((line) => cutLine(cleanText(line, 'plain')));
}
