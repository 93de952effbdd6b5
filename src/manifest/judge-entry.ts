import type { DiskEntry } from './disk-entry.ts';
import { hashNow } from './hash-now.ts';
import type { ManifestEntry } from './manifest.ts';

/** What became of something that devgen wrote. */
export type EntryState =
  | 'as-written'
  /** The file, or our part of it. */
  | 'missing'
  | 'edited'
  /** A script that is not executable, or has carriage returns, which no shell takes. */
  | 'not-runnable'
  /** A link, a folder or something else lies there, or it cannot be read. */
  | 'blocked';

/** Holds an entry of the manifest against what is there; a config is the user's from the start. */
export function judgeEntry(entry: ManifestEntry, disk: DiskEntry): EntryState {
  if (entry.kind === 'seed') return 'as-written';
  if (disk.kind !== 'file') return disk.kind;
  const now = hashNow(entry, disk.content);
  if (now.kind === 'absent') return 'missing';
  if (now.kind === 'damaged' || now.sha256 !== entry.sha256) return 'edited';
  return entry.kind !== 'file' || entry.mode === '644' || isRunnable(disk) ? 'as-written' : 'not-runnable';
}

/** Whether a shell can run it. */
export function isRunnable({ executable, content }: Extract<DiskEntry, { kind: 'file' }>): boolean {
  return executable && !content.includes('\r');
}
