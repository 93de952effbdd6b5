/** What lies at a path that the generator cares about. */
export type DiskEntry =
  | { readonly kind: 'missing' }
  | { readonly kind: 'file'; readonly content: Buffer; readonly mode: number; readonly executable: boolean }
  | { readonly kind: 'blocked'; readonly reason: BlockedReason };

/** Why a path cannot be read or written as an ordinary file. */
export type BlockedReason =
  /** Absolute, with `..`, or otherwise not plainly below the root. */
  'unsafe-path' | 'symlink' | 'directory' | 'special-file' | 'parent-symlink' | 'parent-not-directory' | 'unreadable';
