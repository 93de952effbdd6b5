import { fileHash, isSameFile } from '../../manifest/content.ts';
import type { DiskEntry } from '../../manifest/disk-entry.ts';
import { isRunnable } from '../../manifest/judge-entry.ts';
import { entryOf } from '../../manifest/manifest.ts';
import type { Decision, Known } from './decision.ts';
import type { WholeFile } from './desired-file.ts';
import { releaseText } from './release-text.ts';
import { unifiedDiff } from './unified-diff.ts';

type FileOnDisk = Extract<DiskEntry, { kind: 'file' }>;

/**
 * Decides about a file that is wholly ours: an edit shows in a hash that is neither the old text's nor the new one's.
 */
export function reconcileWhole(file: WholeFile, { disk, entry, force }: Known): Decision {
  const { path, content } = file;
  const mode = file.executable ? 0o755 : 0o644;
  const next = entryOf({
    path,
    kind: 'file',
    content,
    mode: file.executable ? '755' : '644',
    created: true,
    end: 'closed',
  });
  if (disk.kind === 'missing') return { step: { kind: 'create', path, content, mode }, entry: next };
  if (isCurrent(file, disk)) return { step: { kind: 'unchanged', path }, entry: next };

  const isUntouched = isOurText(file, disk) || entry?.sha256 === fileHash(path, disk.content);
  if (!isUntouched && force === 'refuse') {
    const diff = unifiedDiff(path, disk.content.toString(), content.toString());
    return { step: { kind: 'refuse', path, reason: entry ? 'edited' : 'not-ours', diff }, entry: entry ?? null };
  }
  const step = { kind: 'update', path, before: disk.content, content, mode, keepCopy: !isUntouched } as const;
  return { step, entry: next };
}

/** Whether it is what we would write, perhaps as `eject` left it. */
function isOurText({ path, content }: WholeFile, disk: FileOnDisk): boolean {
  const released = Buffer.from(releaseText(content.toString('latin1')), 'latin1');
  return isSameFile(path, disk.content, content) || isSameFile(path, disk.content, released);
}

/** A script must be executable, and no shell takes carriage returns; for the rest neither matters. */
function isCurrent(file: WholeFile, disk: FileOnDisk): boolean {
  if (!isSameFile(file.path, disk.content, file.content)) return false;
  return !file.executable || isRunnable(disk);
}
