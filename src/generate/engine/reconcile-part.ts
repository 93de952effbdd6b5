import { contentHash, normalForm } from '../../manifest/content.ts';
import { findPart } from '../../manifest/find-part.ts';
import { entryOf } from '../../manifest/manifest.ts';
import type { Decision, Known } from './decision.ts';
import type { PartOfFile } from './desired-file.ts';
import { partEditor } from './part-editor.ts';
import type { RefusalReason, Step } from './step.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Decides about our part of a file of the user's; every change of it is preceded by a copy of the file. */
export function reconcilePart(file: PartOfFile, { disk, entry, force }: Known): Decision {
  const { path, part } = file;
  const editor = partEditor(file.kind);
  const next = (created: boolean) =>
    entryOf({ path, kind: file.kind, content: Buffer.from(part, 'latin1'), mode: '644', created });
  if (disk.kind === 'missing') {
    const content = Buffer.from(editor.put(editor.emptyFile, part), 'latin1');
    return { step: { kind: 'create', path, content, mode: 0o644 }, entry: next(true) };
  }

  const refuse = (reason: RefusalReason, diff: string | null): Decision => ({
    step: { kind: 'refuse', path, reason, diff },
    entry: entry ?? null,
  });
  if (disk.content.includes(0)) return refuse('not-text', null);
  const text = disk.content.toString('latin1');
  const found = findPart(file.kind, text);
  if (found.kind === 'damaged') return refuse('part-damaged', null);
  if (found.kind === 'found' && isSame(found.body, part)) {
    return { step: { kind: 'unchanged', path }, entry: next(entry?.created ?? false) };
  }
  const content = Buffer.from(editor.put(text, part), 'latin1');
  if (found.kind === 'found' && hashOf(found.body) !== entry?.sha256 && force === 'refuse') {
    return refuse(entry ? 'edited' : 'not-ours', unifiedDiff(path, disk.content.toString(), content.toString()));
  }
  const step: Step = { kind: 'update', path, before: disk.content, content, mode: disk.mode, keepCopy: true };
  return { step, entry: next(entry?.created ?? false) };
}

function isSame(one: string, other: string): boolean {
  return normalForm(Buffer.from(one, 'latin1')) === normalForm(Buffer.from(other, 'latin1'));
}

function hashOf(body: string): string {
  return contentHash(Buffer.from(body, 'latin1'));
}
