import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findAllRuns } from '../../runtime/client/find-all-runs.ts';
import type { OutputFormat } from '../arguments/command.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import type { Screen } from '../screen/screen.ts';
import { commandToEnd, type ListedRun, runTable } from '../sentences/run-table.ts';
import type { Words } from '../sentences/sentence.ts';

/** Shows the runs of every checkout of this user on this machine. Works in any folder, asks nobody, changes nothing. */
export function showRuns(format: OutputFormat, screen: Screen, words: Words): ExitCode {
  const now = Date.now();
  const runs: readonly ListedRun[] = findAllRuns().map((run) => ({
    ...run,
    program: run.folder === 'there' && !existsSync(join(run.root ?? '', 'dev')) ? 'devgen' : './dev',
    uptimeMs: Math.max(0, now - run.startedAt),
  }));
  if (format === 'json') printJson(screen, { runs: runs.map(toJson) });
  else if (runs.length === 0) screen.note('nothing that devgen started runs on this machine');
  else screen.out(...runTable(runs, screen.paintOut, words));
  return EXIT.done;
}

function toJson(run: ListedRun): Readonly<Record<string, unknown>> {
  const { id, root, program: _, groupId: _group, startedAt, ...rest } = run;
  return { run: id, path: root, ...rest, startedAt: new Date(startedAt).toISOString(), endedBy: commandToEnd(run) };
}
