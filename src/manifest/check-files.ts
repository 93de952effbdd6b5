import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type EntryState, judgeEntry } from './judge-entry.ts';
import { MANIFEST_PATH } from './project-path.ts';
import { readDisk } from './read-disk.ts';
import { readManifest } from './read-manifest.ts';
import { lostModes } from './recorded-modes.ts';

export interface CheckedFile {
  readonly path: string;
  /** `mode-lost`: git has recorded it as not executable, and does not look at its mode here. */
  readonly state: EntryState | 'mode-lost';
}

/**
 * Every generated file of the project and whether it still is what devgen wrote, in the order of the paths; reads only.
 */
export function checkFiles(root: string): Result<readonly CheckedFile[], readonly Diagnostic[]> {
  const stored = readManifest(root);
  if (!stored.ok) return stored;
  if (stored.value.content === null) return err([NO_MANIFEST]);
  const { files } = stored.value.manifest;
  const disk = readDisk(
    root,
    files.map(({ path, mode }) => ({ path, executable: mode === '755' })),
  );
  const lost = lostModes(
    root,
    files.filter((entry) => entry.kind === 'file' && entry.mode === '755').map(({ path }) => path),
  );
  return ok(
    files.map((entry) => {
      const state = judgeEntry(entry, disk.get(entry.path) ?? { kind: 'missing' });
      return { path: entry.path, state: state === 'as-written' && lost.includes(entry.path) ? 'mode-lost' : state };
    }),
  );
}

const NO_MANIFEST: Diagnostic = {
  code: 'manifest/missing',
  message: `\`${MANIFEST_PATH}\` is missing: nothing says what was generated here`,
  hint: 'Take it back from version control, or run `npx devgen generate`.',
};
