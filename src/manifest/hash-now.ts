import { contentHash, fileHash } from './content.ts';
import { findPart } from './find-part.ts';
import type { ManifestEntry } from './manifest.ts';

/** What a manifest would say today about a file, or about our part of it. */
export type HashNow =
  | { readonly kind: 'found'; readonly sha256: string }
  /** The file is there, our part of it is not. */
  | { readonly kind: 'absent' }
  /** Where our part begins and ends cannot be told. */
  | { readonly kind: 'damaged' };

export function hashNow({ path, kind }: Pick<ManifestEntry, 'path' | 'kind'>, content: Buffer): HashNow {
  if (kind === 'file') return { kind: 'found', sha256: fileHash(path, content) };
  if (kind === 'seed') return { kind: 'found', sha256: contentHash(content) };
  const part = findPart(kind, content.toString('latin1'));
  if (part.kind !== 'found') return { kind: part.kind };
  return { kind: 'found', sha256: contentHash(Buffer.from(part.body, 'latin1')) };
}
