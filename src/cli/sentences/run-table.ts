import { formatDuration } from '../../base/duration.ts';
import { quoteWord } from '../../base/quote-word.ts';
import type { FoundRun } from '../../runtime/client/find-all-runs.ts';
import { shortenHome, type Words } from '../../runtime/sentences/sentence.ts';
import { lineUp } from '../screen/columns.ts';
import type { Paint } from '../screen/paint.ts';
import { STATE_COLOURS } from './describe-view.ts';

export interface ListedRun extends FoundRun {
  readonly uptimeMs: number;
  /** How devgen is called in its checkout. */
  readonly program: string;
}

/** A heading for each checkout, below it a line for each of its runs, and what ends those that no `stop` reaches. */
export function runTable(runs: readonly ListedRun[], paint: Paint, words: Words): readonly string[] {
  const rows = lineUp(
    runs.map((run) => [
      `  ${run.command === null ? (run.service ?? '?') : `${run.command.kind} ${run.command.name}`}`,
      run.state === 'running' ? run.state : paint(STATE_COLOURS[run.state], run.state),
      run.url ?? (run.port === null ? '-' : `port ${run.port}`),
      String(run.pid),
      formatDuration(run.uptimeMs),
    ]),
  );
  return runs.flatMap((run, index) => [
    ...(index > 0 && runs[index - 1]?.root === run.root ? [] : [heading(run, paint, words)]),
    rows[index] ?? '',
    ...(run.folder === 'gone'
      ? [`    ${paint('yellow', 'its folder is gone')}; \`${commandToEnd(run)}\` ends it`]
      : []),
  ]);
}

/**
 * What ends a run from any folder. A task ends with the command that runs it, and where that is gone with the next
 * stop; where the checkout is gone, only signals to its own processes end anything.
 */
export function commandToEnd({ root, folder, service, command, program, groupId, pids }: ListedRun): string {
  if (command !== null && command.client !== null) return `kill ${command.client}`;
  if (folder === 'there' && root !== null) {
    return `cd ${quoteWord(root)} && ${program} stop${service === null ? '' : ` ${service}`}`;
  }
  const isLed = groupId > 1 && pids.includes(groupId);
  return isLed ? `kill -- -${groupId}` : `kill ${pids.join(' ')}`;
}

function heading({ project, root, branch }: ListedRun, paint: Paint, words: Words): string {
  const place = root === null ? 'unknown folder' : shortenHome(root, words);
  const title = project === null ? place : `${paint('bold', project)}  ${place}`;
  return branch === null ? title : `${title}  branch ${branch}`;
}
