import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { programIn } from '../../manifest/launcher.ts';
import { type FoundRun, findAllRuns } from '../../runtime/client/find-all-runs.ts';
import { wordsOf } from '../context/create-context.ts';
import type { ProgramContext } from '../context/program-context.ts';
import type { DocumentOf } from '../documents/documents.ts';
import { EXIT, type ExitCode } from '../output/exit-code.ts';
import { printJson } from '../output/print-json.ts';
import { commandToEnd, type ListedRun, runTable } from '../sentences/run-table.ts';

export interface PsCommand {
  readonly kind: 'ps';
}

/** Shows the runs of every checkout of this user on this machine. Works in any folder, changes nothing. */
export function showRuns(_: PsCommand, { program, screen }: ProgramContext): ExitCode {
  const now = Date.now();
  const runs: readonly ListedRun[] = findAllRuns().map((run) => ({
    ...run,
    program: programOf(run),
    uptimeMs: Math.max(0, now - run.startedAt),
  }));
  if (screen.answers === 'json') printJson<'ps'>(screen, { runs: runs.map(toJson) });
  else if (runs.length === 0) screen.note('nothing that devgen started runs on this machine');
  else screen.out(...runTable(runs, screen.paintOut, wordsOf(program)));
  return EXIT.done;
}

/** Where nothing was generated only the `devgen` program reaches the runs. */
function programOf({ root }: FoundRun): string {
  return root !== null && existsSync(join(root, '.devgen')) ? programIn(root) : 'devgen';
}

function toJson(run: ListedRun): DocumentOf<'ps'>['runs'][number] {
  const { id, root, program: _, groupId: _group, startedAt, ...rest } = run;
  return { run: id, path: root, ...rest, startedAt: new Date(startedAt).toISOString(), endedBy: commandToEnd(run) };
}
