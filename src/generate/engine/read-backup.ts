import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { DiskEntry } from '../../manifest/disk-entry.ts';
import { BACKUPS_PATH, isEverWritten } from '../../manifest/project-path.ts';
import { readDisk } from '../../manifest/read-disk.ts';
import { expectCodes } from '../../platform/error-code.ts';
import { checksumOf, parseSums, sumsPath } from './backup-sums.ts';

export interface BackupFile {
  readonly path: string;
  readonly content: Buffer;
  readonly mode: number;
}

const DATE = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)(?:-(\d+))?$/;

/** Dates of all backups, as their folders are called, the newest first; those of one second have a number behind it. */
export function backupDates(root: string): readonly string[] {
  const folders = readFolder(join(root, BACKUPS_PATH)).filter((entry) => entry.isDirectory() && DATE.test(entry.name));
  const order = (name: string): string => {
    const [, date, count = '1'] = DATE.exec(name) ?? [];
    return `${date}-${count.padStart(9, '0')}`;
  };
  return folders.map((entry) => entry.name).sort((one, other) => (order(one) < order(other) ? 1 : -1));
}

/** What one backup has copies of, be they whole or not; `undefined`: its list cannot be read. */
export function pathsInBackup(root: string, date: string): readonly string[] | undefined {
  const hashes = hashesOf(root, date);
  return hashes && [...hashes.keys()];
}

function hashesOf(root: string, date: string): ReadonlyMap<string, string> | undefined {
  const sums = contentOf(readOne(root, sumsPath(`${BACKUPS_PATH}/${date}`)));
  return sums && parseSums(sums.toString());
}

/**
 * The files of one backup, each checked against its hash; an error when one is missing, changed, or none of devgen's.
 */
export function readBackup(root: string, date: string): Result<readonly BackupFile[], readonly Diagnostic[]> {
  const folder = `${BACKUPS_PATH}/${date}`;
  const hashes = hashesOf(root, date);
  if (!DATE.test(date) || hashes === undefined) return err([damaged(sumsPath(folder))]);
  const files: BackupFile[] = [];
  const problems: Diagnostic[] = [];
  for (const [path, hash] of hashes) {
    const entry = isEverWritten(path) ? readOne(root, `${folder}/${path}`) : undefined;
    if (entry?.kind === 'file' && checksumOf(entry.content) === hash) {
      files.push({ path, content: entry.content, mode: entry.mode });
    } else problems.push(damaged(`${folder}/${path}`));
  }
  return problems.length > 0 ? err(problems) : ok(files);
}

function readOne(root: string, path: string): DiskEntry | undefined {
  return readDisk(root, [{ path, executable: false }]).get(path);
}

function contentOf(entry: DiskEntry | undefined): Buffer | undefined {
  return entry?.kind === 'file' ? entry.content : undefined;
}

function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'ENOTDIR']);
    return [];
  }
}

function damaged(path: string): Diagnostic {
  return {
    code: 'backup/damaged',
    message: `\`${path}\` is missing, cannot be read, or is not what devgen copied`,
    hint: 'Nothing was restored; copy by hand what is still good.',
    place: { file: path },
  };
}
