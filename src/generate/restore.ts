import { realpathSync } from 'node:fs';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { DiskEntry } from '../manifest/disk-entry.ts';
import { BACKUPS_PATH } from '../manifest/project-path.ts';
import { readDisk } from '../manifest/read-disk.ts';
import { carryOut } from './carry-out.ts';
import { type BackupFile, backupDates, readBackup } from './engine/read-backup.ts';
import type { Step } from './engine/step.ts';
import { type GenerateMode, type GenerateReport, refusedReport } from './report.ts';

export interface Backup {
  /** As its folder is called, in UTC: `2026-05-04T10-20-30`. */
  readonly date: string;
  /** What was copied; empty when the copies are not what they were. */
  readonly paths: readonly string[];
}

export interface RestoreOptions {
  readonly root: string;
  /** Of which backup; `null`: of the newest. */
  readonly date: string | null;
  readonly mode: GenerateMode;
  readonly now: Date;
}

export interface RestoreReport extends GenerateReport {
  /** Of the backup that was taken; `null`: there is none such. */
  readonly date: string | null;
}

/** All backups, the newest first. */
export function listBackups(root: string): readonly Backup[] {
  const real = realpathSync(root);
  return backupDates(real).map((date) => {
    const files = readBackup(real, date);
    return { date, paths: files.ok ? files.value.map(({ path }) => path) : [] };
  });
}

/**
 * Puts every file of a backup back as it was copied, bytes and mode, after the hashes of all copies were checked. What
 * is there now is copied first, so a restore can be taken back. The manifest stays: what differs from it is an edit
 * again.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const root = realpathSync(options.root);
  const dates = backupDates(root);
  const date = dates.find((each) => options.date === null || each === options.date) ?? null;
  if (date === null) return { ...refusedReport([notThere(options.date, dates)]), date };
  const files = readBackup(root, date);
  if (!files.ok) return { ...refusedReport(files.error), date };
  const disk = readDisk(
    root,
    files.value.map(({ path }) => ({ path, executable: false })),
  );
  const steps = files.value.map((file) => restoreStep(file, disk.get(file.path)));
  return { ...(await carryOut({ root, mode: options.mode, now: options.now, steps, notices: [] })), date };
}

function restoreStep({ path, content, mode }: BackupFile, disk: DiskEntry = { kind: 'missing' }): Step {
  switch (disk.kind) {
    case 'missing':
      return { kind: 'create', path, content, mode };
    case 'blocked':
      return { kind: 'refuse', path, reason: disk.reason, diff: null };
    case 'file':
      if (disk.content.equals(content) && disk.mode === mode) return { kind: 'unchanged', path };
      return { kind: 'update', path, before: disk.content, content, mode, keepCopy: true };
  }
}

function notThere(date: string | null, dates: readonly string[]): Diagnostic {
  return {
    code: 'backup/not-found',
    message: date === null ? `there are no backups in \`${BACKUPS_PATH}\`` : `there is no backup \`${date}\``,
    hint:
      dates.length === 0
        ? 'devgen copies only files of yours that it changes, and edited ones that it replaces.'
        : `There are ${dates.map((each) => `\`${each}\``).join(', ')}.`,
  };
}
