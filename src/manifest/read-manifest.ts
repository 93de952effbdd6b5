import type { Diagnostic } from '../base/diagnostic.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { BACKUPS_PATH, MANIFEST_PATH } from './project-path.ts';
import { readDisk } from './read-disk.ts';

export interface StoredManifest {
  readonly manifest: Manifest;
  /** The file itself; `null`: there is none. */
  readonly content: Buffer | null;
}

/**
 * The manifest of this project, an empty one where there is none; an error when it or our folder is not as we left it.
 */
export function readManifest(root: string): Result<StoredManifest, readonly Diagnostic[]> {
  const probes = [MANIFEST_PATH, `${BACKUPS_PATH}/.gitignore`].map((path) => ({ path, executable: false }));
  const disk = readDisk(root, probes);
  for (const [path, entry] of disk) {
    if (entry.kind === 'blocked') return err([inTheWay(path, entry.reason)]);
  }
  const entry = disk.get(MANIFEST_PATH);
  if (entry?.kind !== 'file') return ok({ manifest: { schemaVersion: 1, devgen: '0.0.0', files: [] }, content: null });
  const parsed = parseManifest(entry.content.toString());
  return parsed.ok ? ok({ manifest: parsed.value, content: entry.content }) : parsed;
}

function inTheWay(path: string, reason: string): Diagnostic {
  return {
    code: 'generate/path-blocked',
    message: `\`${path}\` cannot be used (${reason})`,
    hint: 'devgen follows no symbolic links inside a project; move what is in the way.',
    place: { file: path },
  };
}
