import type { PartOfFile } from '../engine/desired-file.ts';

/** A block in a Markdown file; blank lines keep the markers apart from the text, as formatters would. */
export function markdownPart(path: string, text: string): PartOfFile {
  return { kind: 'markdown-block', path, part: Buffer.from(`\n${text.trim()}\n\n`).toString('latin1') };
}
