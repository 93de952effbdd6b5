import { type Backup, listBackups, restoreBackup } from '../../../generate/restore.ts';
import type { Writing } from '../../arguments/writing.ts';
import type { GeneratorContext } from '../../context/generator-context.ts';
import { complain } from '../../output/complain.ts';
import { EXIT, type ExitCode } from '../../output/exit-code.ts';
import { printJson } from '../../output/print-json.ts';
import type { Screen } from '../../screen/screen.ts';
import { describeBackups } from '../../sentences/describe-backups.ts';
import { findGenerated } from '../find-generated.ts';
import { GENERATE_MODES } from '../generate-mode.ts';
import { tellReport } from '../tell-report.ts';

export interface RestoreCommand {
  readonly kind: 'restore';
  readonly action: 'restored' | 'listed';
  /** Of which backup; `null`: of the newest. */
  readonly date: string | null;
  readonly writing: Writing;
}

/** Puts back what was copied before devgen changed it; what is there now is copied first. */
export async function runRestore(
  { action, date, writing }: RestoreCommand,
  { directory, screen }: GeneratorContext,
): Promise<ExitCode> {
  const root = findGenerated(directory);
  if (!root.ok) return complain(screen, root.error);
  if (action === 'listed') return showBackups(listBackups(root.value), screen);
  const report = await restoreBackup({ root: root.value, date, mode: GENERATE_MODES[writing], now: new Date() });
  if (report.date === null) return complain(screen, report.diagnostics);
  screen.out(`backup ${report.date}`);
  return tellReport(report, { command: 'restore', writing }, screen);
}

function showBackups(backups: readonly Backup[], screen: Screen): ExitCode {
  if (screen.answers === 'json') printJson<'restore'>(screen, { backups });
  else if (backups.length === 0) screen.note('there are no backups');
  else screen.out(...describeBackups(backups));
  return EXIT.done;
}
