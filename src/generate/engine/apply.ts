import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { errorCode } from '../../platform/error-code.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import { writeFileAtomic } from '../../platform/write-file-atomic.ts';
import { backUp } from './back-up.ts';
import type { Step } from './step.ts';

export interface Applied {
  /** Folder of the copies, relative to the root; `null`: none were needed. */
  readonly backup: string | null;
}

type Change = Extract<Step, { kind: 'create' | 'update' | 'remove' }>;

/**
 * Takes all steps or none: first looks whether every file is still as it was planned for, then copies what is the
 * user's, then changes file by file; if one fails, those before it are put back. The order of the steps is kept.
 */
export function apply(root: string, steps: readonly Step[], now: Date): Result<Applied, readonly Diagnostic[]> {
  const changes = steps.filter((step): step is Change => ['create', 'update', 'remove'].includes(step.kind));
  const moved = changes.filter((change) => !isAsPlanned(root, change));
  if (moved.length > 0) return err(moved.map(changedMeanwhile));
  const done: Change[] = [];
  let path = '.devgen/backups';
  try {
    const backup = backUp(root, changes.flatMap(originalOf), now);
    for (const change of changes) {
      path = change.path;
      done.push(change);
      carryOut(root, change);
    }
    return ok({ backup });
  } catch (thrown) {
    if (errorCode(thrown) === undefined) throw thrown;
    for (const change of done.reverse()) putBack(root, change);
    return err([writeFailed(path, thrown)]);
  }
}

function originalOf(change: Change): { path: string; content: Buffer }[] {
  return change.kind !== 'create' && change.keepCopy ? [{ path: change.path, content: change.before }] : [];
}

function isAsPlanned(root: string, change: Change): boolean {
  const file = join(root, change.path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (change.kind === 'create') return stats === undefined;
  return stats?.isFile() === true && readRegularFile(file).equals(change.before);
}

function carryOut(root: string, change: Change): void {
  const file = join(root, change.path);
  if (change.kind === 'remove') {
    rmSync(file);
    removeEmptyFolders(root, dirname(change.path));
    return;
  }
  makeFolder(dirname(file));
  writeFileAtomic(file, change.content, { mode: change.mode });
}

function removeEmptyFolders(root: string, folder: string): void {
  if (folder === '.' || !existsSync(join(root, folder)) || readdirSync(join(root, folder)).length > 0) return;
  rmdirSync(join(root, folder));
  removeEmptyFolders(root, dirname(folder));
}

function putBack(root: string, change: Change): void {
  const file = join(root, change.path);
  if (change.kind === 'create') {
    rmSync(file, { force: true });
    removeEmptyFolders(root, dirname(change.path));
    return;
  }
  makeFolder(dirname(file));
  writeFileAtomic(file, change.before, { mode: change.mode });
}

function changedMeanwhile({ path }: Change): Diagnostic {
  return {
    code: 'generate/changed-meanwhile',
    message: `\`${path}\` was changed by another program while devgen was planning`,
    hint: 'Nothing was written; run the command again.',
    place: { file: path },
  };
}

function writeFailed(path: string, thrown: unknown): Diagnostic {
  return {
    code: 'generate/write-failed',
    message: `\`${path}\` could not be written: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    hint: 'Everything was put back as it was.',
    place: { file: path },
  };
}
