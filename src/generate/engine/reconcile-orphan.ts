import type { DiskEntry } from '../../manifest/disk-entry.ts';
import { type HashNow, hashNow } from '../../manifest/hash-now.ts';
import type { ManifestEntry } from '../../manifest/manifest.ts';
import { withoutPart } from './change-part.ts';
import type { Decision, Force } from './decision.ts';
import { partEditor } from './part-editor.ts';
import type { Step } from './step.ts';

/**
 * Decides about something that was generated and is not wanted any more: it goes, unless it was edited; then it stays
 * and is the user's. Forced, it goes after a copy was made.
 */
export function dropOrphan(entry: ManifestEntry, disk: DiskEntry, force: Force): Decision {
  return { step: stepFor(entry, disk, force), entry: null };
}

function isAsWritten(now: HashNow, entry: ManifestEntry): boolean {
  return now.kind === 'found' && now.sha256 === entry.sha256;
}

function stepFor(entry: ManifestEntry, disk: DiskEntry, force: Force): Step {
  const { path, kind } = entry;
  if (disk.kind === 'missing') return { kind: 'unchanged', path };
  if (disk.kind === 'blocked') return { kind: 'release', path };
  if (kind === 'file' || kind === 'seed') {
    const isEdited = !isAsWritten(hashNow(entry, disk.content), entry);
    if (isEdited && (force === 'refuse' || kind === 'seed')) return { kind: 'release', path };
    return { kind: 'remove', path, before: disk.content, mode: disk.mode, keepCopy: isEdited };
  }

  const now = hashNow(entry, disk.content);
  if (now.kind === 'absent') return { kind: 'unchanged', path };
  if (now.kind === 'damaged') return { kind: 'release', path };
  const isEdited = !isAsWritten(now, entry);
  if (isEdited && force === 'refuse') return { kind: 'release', path };
  const rest = withoutPart(kind, disk.content.toString('latin1'), entry.end);
  if (rest === undefined) return { kind: 'release', path };
  if (entry.created && rest === partEditor(kind).emptyFile) {
    return { kind: 'remove', path, before: disk.content, mode: disk.mode, keepCopy: isEdited };
  }
  const content = Buffer.from(rest, 'latin1');
  return { kind: 'update', path, before: disk.content, content, mode: disk.mode, keepCopy: true };
}
