import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type EntryState, judgeEntry } from './judge-entry.ts';
import { MANIFEST_PATH } from './project-path.ts';
import { readDisk } from './read-disk.ts';
import { readManifest } from './read-manifest.ts';

export interface CheckedFile {
  readonly path: string;
  readonly state: EntryState;
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
  return ok(
    files.map((entry) => ({ path: entry.path, state: judgeEntry(entry, disk.get(entry.path) ?? { kind: 'missing' }) })),
  );
}

const NO_MANIFEST: Diagnostic = {
  code: 'manifest/missing',
  message: `\`${MANIFEST_PATH}\` is missing: nothing says what was generated here`,
  hint: 'Take it back from version control, or run `npx devgen generate`.',
};
