import { contentHash, normalForm } from '../../manifest/content.ts';
import { type FoundPart, findPart } from '../../manifest/find-part.ts';
import { endOf, type TextEnd } from '../../manifest/managed-block.ts';
import { entryOf, type ManifestEntry } from '../../manifest/manifest.ts';
import { withPart } from './change-part.ts';
import type { Decision, Known } from './decision.ts';
import type { PartOfFile } from './desired-file.ts';
import { partEditor } from './part-editor.ts';
import type { RefusalReason, Step } from './step.ts';
import { unifiedDiff } from './unified-diff.ts';

/** Decides about our part of a file of the user's; every change of it is preceded by a copy of the file. */
export function reconcilePart(file: PartOfFile, { disk, entry, force }: Known): Decision {
  const { path, kind, part } = file;
  const refuse = (reason: RefusalReason, diff: string | null = null): Decision => ({
    step: { kind: 'refuse', path, reason, diff },
    entry: entry ?? null,
  });
  if (disk.kind === 'missing') return createWith(file) ?? refuse('part-unsafe');
  if (disk.content.includes(0)) return refuse('not-text');
  const original = disk.content.toString('latin1');
  const text = readyFor(file, original, force);
  if (text === undefined) return refuse(isJson(kind) ? 'not-json' : 'part-damaged');
  const found = findPart(kind, text);
  const end = endBefore(text, found, entry);
  const changed = withPart(kind, text, { body: part, end });
  if (changed === undefined) return refuse('part-unsafe');
  const next = entryFor(file, { created: isCreatedByUs(file, text, { found, entry }), end });
  const hasPart = found.kind === 'found' && isSame(found.body, part);
  if (isSame(changed, original) || (hasPart && isJson(kind))) return { step: { kind: 'unchanged', path }, entry: next };
  const content = Buffer.from(changed, 'latin1');
  const isEdited = found.kind === 'found' && !hasPart && hashOf(found.body) !== entry?.sha256;
  if (isEdited && force === 'refuse') {
    return refuse(entry ? 'edited' : 'not-ours', unifiedDiff(path, disk.content.toString(), content.toString()));
  }
  const step: Step = { kind: 'update', path, before: disk.content, content, mode: disk.mode, keepCopy: true };
  return { step, entry: next };
}

function createWith(file: PartOfFile): Decision | undefined {
  const { path, kind, part } = file;
  const text = withPart(kind, partEditor(kind).emptyFile, { body: part, end: 'closed' });
  if (text === undefined) return undefined;
  const step: Step = { kind: 'create', path, content: Buffer.from(text, 'latin1'), mode: 0o644 };
  return { step, entry: entryFor(file, { created: true, end: 'closed' }) };
}

/**
 * The text with at most one part of ours in it, and none that was given away; `undefined`: the parts cannot be told
 * apart.
 */
function readyFor({ kind, part }: PartOfFile, text: string, force: Known['force']): string | undefined {
  const editor = partEditor(kind);
  switch (findPart(kind, text).kind) {
    case 'found':
      return text;
    case 'absent':
      return editor.dropEjected(text, part);
    case 'damaged':
      return force === 'refuse' ? undefined : editor.dropDamaged(text, part);
  }
}

/** How the user's text ended before our part came behind it. */
function endBefore(text: string, found: FoundPart, entry: ManifestEntry | undefined): TextEnd {
  return found.kind === 'found' && entry !== undefined ? entry.end : endOf(text);
}

/** Where no manifest says it, a file with nothing but our part in it counts as ours. */
function isCreatedByUs(
  { kind }: PartOfFile,
  text: string,
  { found, entry }: { readonly found: FoundPart; readonly entry: ManifestEntry | undefined },
): boolean {
  if (entry !== undefined || found.kind !== 'found') return entry?.created ?? false;
  const editor = partEditor(kind);
  return editor.drop(text, 'closed') === editor.emptyFile;
}

function entryFor({ path, kind, part }: PartOfFile, more: Pick<ManifestEntry, 'created' | 'end'>): ManifestEntry {
  return entryOf({ path, kind, content: Buffer.from(part, 'latin1'), mode: '644', ...more });
}

/** How its members are laid out is the formatter's business. */
function isJson(kind: PartOfFile['kind']): boolean {
  return kind !== 'block' && kind !== 'markdown-block';
}

function isSame(one: string, other: string): boolean {
  return normalForm(Buffer.from(one, 'latin1')) === normalForm(Buffer.from(other, 'latin1'));
}

function hashOf(body: string): string {
  return contentHash(Buffer.from(body, 'latin1'));
}
