import type { PartKind } from '../../manifest/file-kind.ts';
import { findPart } from '../../manifest/find-part.ts';
import type { TextEnd } from '../../manifest/managed-block.ts';
import { scanMakefile } from '../make/scan-makefile.ts';
import { partEditor } from './part-editor.ts';

/**
 * The text with this part of ours. It is read back before it is given out: our part must be found as it was put, and
 * without it the text must be what it was. `undefined`: the file takes none, or the result is not that.
 */
export function withPart(
  kind: PartKind,
  text: string,
  { body, end }: { body: string; end: TextEnd },
): string | undefined {
  const editor = partEditor(kind);
  const changed = editor.put(text, body);
  if (changed === undefined) return undefined;
  const found = findPart(kind, changed);
  const isSound = found.kind === 'found' && found.body === body && editor.drop(changed, end) === editor.drop(text, end);
  return isSound && isIncluded(changed, body) ? changed : undefined;
}

/** What our part includes, a Makefile must include: behind a `define` without its end it would be a mere text. */
function isIncluded(text: string, body: string): boolean {
  const [, file] = /^-include (\S+)$/m.exec(body) ?? [];
  return file === undefined || scanMakefile(text).includes.includes(file);
}

/** The text without our part; `undefined`: the result cannot be read as a text without it. */
export function withoutPart(kind: PartKind, text: string, end: TextEnd): string | undefined {
  const changed = partEditor(kind).drop(text, end);
  return changed !== undefined && findPart(kind, changed).kind === 'absent' ? changed : undefined;
}
