import { createHash } from 'node:crypto';

/**
 * Content as devgen compares it: line feeds, no blanks at the ends of lines, one newline at the end.
 * Git's newline conversion and editors that trim are not edits. Works on bytes (latin1), so any encoding passes.
 */
export function normalForm(content: Buffer): string {
  const lines = content
    .toString('latin1')
    .split('\n')
    .map((line) => line.replace(/[ \t\r]+$/, ''));
  const text = lines.join('\n').replace(/\n+$/, '');
  return text === '' ? '' : `${text}\n`;
}

/** The same for a whole file: of JSON nothing counts but what it says, formatters lay it out as they like. */
function fileForm(path: string, content: Buffer): string {
  if (!path.endsWith('.json')) return normalForm(content);
  try {
    return `${JSON.stringify(JSON.parse(content.toString('latin1')), null, 2)}\n`;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return normalForm(content);
    throw thrown;
  }
}

/**
 * SHA-256 of the normal form, in hex; for what devgen writes (line feeds, nothing trailing) that of the file itself.
 */
export function contentHash(content: Buffer): string {
  return hash(normalForm(content));
}

/** The same of a file that is wholly devgen's. */
export function fileHash(path: string, content: Buffer): string {
  return hash(fileForm(path, content));
}

/** Whether a file that is wholly devgen's has this content, but for what a formatter may change. */
export function isSameFile(path: string, one: Buffer, other: Buffer): boolean {
  return one.equals(other) || fileForm(path, one) === fileForm(path, other);
}

function hash(latin: string): string {
  return createHash('sha256').update(Buffer.from(latin, 'latin1')).digest('hex');
}
