import { contentHash, fileHash } from './content.ts';
import type { Decision, Force } from './decision.ts';
import type { DiskEntry } from './disk-entry.ts';
import type { ManifestEntry } from './manifest.ts';
import { partEditor } from './part-editor.ts';
import type { Step } from './step.ts';

/**
 * Decides about something that was generated and is not wanted any more: it goes, unless it was edited; then it stays and
 * is the user's. Forced, it goes after a copy was made.
 */
export function dropOrphan(entry: ManifestEntry, disk: DiskEntry, force: Force): Decision {
  return { step: stepFor(entry, disk, force), entry: null };
}

function stepFor(entry: ManifestEntry, disk: DiskEntry, force: Force): Step {
  const { path, kind } = entry;
  if (disk.kind === 'missing') return { kind: 'unchanged', path };
  if (disk.kind === 'blocked') return { kind: 'release', path };
  if (kind === 'file' || kind === 'seed') {
    const hash = kind === 'file' ? fileHash(path, disk.content) : contentHash(disk.content);
    const isEdited = hash !== entry.sha256;
    if (isEdited && (force === 'refuse' || kind === 'seed')) return { kind: 'release', path };
    return { kind: 'remove', path, before: disk.content, mode: disk.mode, keepCopy: isEdited };
  }

  const editor = partEditor(kind);
  const text = disk.content.toString('latin1');
  const found = editor.find(text);
  if (found.kind === 'absent') return { kind: 'unchanged', path };
  if (found.kind === 'damaged') return { kind: 'release', path };
  const isEdited = contentHash(Buffer.from(found.body, 'latin1')) !== entry.sha256;
  if (isEdited && force === 'refuse') return { kind: 'release', path };
  const rest = editor.drop(text);
  if (entry.created && rest === editor.emptyFile) {
    return { kind: 'remove', path, before: disk.content, mode: disk.mode, keepCopy: isEdited };
  }
  const content = Buffer.from(rest, 'latin1');
  return { kind: 'update', path, before: disk.content, content, mode: disk.mode, keepCopy: true };
}
