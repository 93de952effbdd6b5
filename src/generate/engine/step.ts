import type { BlockedReason } from '../../manifest/disk-entry.ts';

/** One thing to do to one file; `before`: what it must still hold when the step is taken. */
export type Step =
  | { readonly kind: 'unchanged'; readonly path: string }
  | { readonly kind: 'create'; readonly path: string; readonly content: Buffer; readonly mode: number }
  | {
      readonly kind: 'update';
      readonly path: string;
      readonly before: Buffer;
      readonly content: Buffer;
      readonly mode: number;
      /** Something of the user's is in the file: a copy is made first. */
      readonly keepCopy: boolean;
    }
  | {
      readonly kind: 'remove';
      readonly path: string;
      readonly before: Buffer;
      readonly mode: number;
      readonly keepCopy: boolean;
    }
  /** No longer generated, but edited: it stays and is the user's from now on. */
  | { readonly kind: 'release'; readonly path: string }
  | { readonly kind: 'refuse'; readonly path: string; readonly reason: RefusalReason; readonly diff: string | null };

export type RefusalReason =
  | BlockedReason
  /** Changed since devgen wrote it. */
  | 'edited'
  /** It was there before devgen, with other content. */
  | 'not-ours'
  /** Markers without their partner. */
  | 'part-damaged'
  /** A package.json or tasks.json that is no JSON, or has no place for our members. */
  | 'not-json'
  /** With our part it would not be read back as the user's text and our part. */
  | 'part-unsafe'
  | 'not-text';
