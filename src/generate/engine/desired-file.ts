import type { PartKind } from '../../manifest/file-kind.ts';

/** What the generator wants in the user's repository; paths are relative to the root, with `/` between the parts. */
export type DesiredFile = WholeFile | PartOfFile | SeedFile;

/** A file that is ours from the first byte to the last. */
export interface WholeFile {
  readonly kind: 'file';
  readonly path: string;
  readonly content: Buffer;
  readonly executable: boolean;
}

/** A part of a file that is the user's. */
export interface PartOfFile {
  readonly kind: PartKind;
  readonly path: string;
  /** What becomes of it where a link or a folder has its place: asked for by name, it is refused. */
  readonly blocked: 'refuse' | 'leave-out';
  /** Without the markers; each line ended by a line feed; its bytes read as latin1. */
  readonly part: string;
}

/** A file that is written once and then belongs to the user. */
export interface SeedFile {
  readonly kind: 'seed';
  readonly path: string;
  readonly content: Buffer;
}
