import { createHash } from 'node:crypto';
import type { Original } from './back-up.ts';

/** Where the hashes of a backup's files are, beside its folder: `sha256sum -c` reads them in there. */
export function sumsPath(folder: string): string {
  return `${folder}.sha256`;
}

/** One line for each file, as sha256sum(1) writes it; unlike in the manifest, every byte counts. */
export function renderSums(originals: readonly Original[]): string {
  return originals.map(({ path, content }) => `${checksumOf(content)}  ${path}\n`).join('');
}

/** Hashes by path; `undefined` when a line is not what `renderSums` writes. */
export function parseSums(text: string): ReadonlyMap<string, string> | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const matches = lines.map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  if (matches.length === 0 || matches.includes(null)) return undefined;
  return new Map(matches.map((match) => [match?.[2] ?? '', match?.[1] ?? '']));
}

export function checksumOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
