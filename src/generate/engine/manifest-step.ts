import { isSameFile } from '../../manifest/content.ts';
import { type Manifest, renderManifest } from '../../manifest/manifest.ts';
import { MANIFEST_PATH } from '../../manifest/project-path.ts';
import type { Decision } from './decision.ts';
import type { Step } from './step.ts';

export interface ManifestChange {
  readonly manifest: Manifest;
  /** The file as it is; `null`: there is none. */
  readonly content: Buffer | null;
  readonly version: string;
  /** `with-a-file`: only when a file changes too, or the version would be the only change that a newer devgen makes. */
  readonly versionChanges: 'with-a-file' | 'always';
}

/** What is to be done to the manifest itself after these decisions; the last of all steps. */
export function manifestStep(decisions: readonly Decision[], change: ManifestChange): Step {
  const { manifest, content, version, versionChanges } = change;
  const files = decisions.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  const isNew =
    content === null || versionChanges === 'always' || decisions.some(({ step }) => step.kind !== 'unchanged');
  const next = { schemaVersion: 1, devgen: isNew ? version : manifest.devgen, files } as const;
  const text = Buffer.from(renderManifest(next));
  if (content === null) return { kind: 'create', path: MANIFEST_PATH, content: text, mode: 0o644 };
  if (isSameFile(MANIFEST_PATH, content, text)) return { kind: 'unchanged', path: MANIFEST_PATH };
  return { kind: 'update', path: MANIFEST_PATH, before: content, content: text, mode: 0o644, keepCopy: false };
}
