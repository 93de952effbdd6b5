import type { Diagnostic } from '../base/diagnostic.ts';
import type { BlockedReason } from '../manifest/disk-entry.ts';
import { MANIFEST_PATH } from '../manifest/project-path.ts';
import type { RefusalReason, Step } from './engine/step.ts';
import { unifiedDiff } from './engine/unified-diff.ts';

/** All but `write` write nothing; what they report is what `write` would do, in mode `diff` with every difference. */
export type GenerateMode = 'write' | 'check' | 'dry-run' | 'diff';

export interface GenerateReport {
  readonly outcome: GenerateOutcome;
  /** One for every file, in the order of the paths. */
  readonly actions: readonly FileAction[];
  readonly diagnostics: readonly Diagnostic[];
  readonly notices: readonly Notice[];
  /** Folder with copies of what was changed and held something of the user's, relative to the root; `null`: none. */
  readonly backup: string | null;
}

type GenerateOutcome =
  | 'written'
  | 'up-to-date'
  /** Not in mode `write`. */
  | 'would-change'
  /** Nothing was written, because of a refused action or a diagnostic. */
  | 'refused';

/** What was done to a file, or would be. */
export type FileAction =
  | { readonly kind: 'created' | 'unchanged' | 'removed'; readonly path: string }
  /** In mode `diff`. */
  | { readonly kind: 'created' | 'removed'; readonly path: string; readonly diff: string | null }
  /** `diff`: of a file that has something of the user's in it, and of others only in mode `diff`; else `null`. */
  | { readonly kind: 'updated'; readonly path: string; readonly diff: string | null }
  /** No longer generated, but edited: left in place, the user's from now on. */
  | { readonly kind: 'released'; readonly path: string }
  /** `diff`: from what is there to what was generated; `null` when there is nothing to compare. */
  | { readonly kind: 'refused'; readonly path: string; readonly reason: RefusalReason; readonly diff: string | null };

/** Worth telling, nothing to stop for. */
export type Notice =
  /** The user's Makefile has these targets: only their `dev-` forms are generated. */
  | { readonly kind: 'targets-taken'; readonly makefile: string; readonly names: readonly string[] }
  /** A link or a folder has the place of this file of the user's: it has no part of ours. */
  | { readonly kind: 'left-out'; readonly path: string; readonly reason: BlockedReason }
  /** Git would record these scripts as not executable. */
  | { readonly kind: 'modes-lost'; readonly paths: readonly string[] }
  /** These belong in version control, but a rule of the repository leaves them out; whole folders end in `/`. */
  | { readonly kind: 'ignored-by-git'; readonly paths: readonly string[] };

export function refusedReport(diagnostics: readonly Diagnostic[]): GenerateReport {
  return { outcome: 'refused', actions: [], diagnostics, notices: [], backup: null };
}

export function actionOf(step: Step, shown: 'users-texts' | 'every-text'): FileAction {
  const { path } = step;
  switch (step.kind) {
    case 'unchanged':
      return { kind: 'unchanged', path };
    case 'create':
      return shown === 'every-text'
        ? { kind: 'created', path, diff: diffOf(path, EMPTY, step.content) }
        : { kind: 'created', path };
    case 'update': {
      const isShown = step.keepCopy || shown === 'every-text';
      return { kind: 'updated', path, diff: isShown ? diffOf(path, step.before, step.content) : null };
    }
    case 'remove':
      return shown === 'every-text'
        ? { kind: 'removed', path, diff: diffOf(path, step.before, EMPTY) }
        : { kind: 'removed', path };
    case 'release':
      return { kind: 'released', path };
    case 'refuse':
      return { kind: 'refused', path, reason: step.reason, diff: step.diff };
  }
}

const EMPTY = Buffer.alloc(0);

/** A difference of bundled code, of hashes, or of what is not a text says nothing to a reader. */
function diffOf(path: string, before: Buffer, after: Buffer): string | null {
  if (path.startsWith('.devgen/runtime/') || path === MANIFEST_PATH) return null;
  if (before.includes(0) || after.includes(0)) return null;
  return unifiedDiff(path, before.toString(), after.toString());
}
