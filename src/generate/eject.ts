import { realpathSync } from 'node:fs';
import type { DiskEntry } from '../manifest/disk-entry.ts';
import type { ManifestEntry } from '../manifest/manifest.ts';
import { MANIFEST_PATH } from '../manifest/project-path.ts';
import { readDisk } from '../manifest/read-disk.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { carryOut } from './carry-out.ts';
import { partEditor } from './engine/part-editor.ts';
import { releaseText } from './engine/release-text.ts';
import type { Step } from './engine/step.ts';
import { type GenerateMode, type GenerateReport, refusedReport } from './report.ts';

export interface EjectOptions {
  readonly root: string;
  readonly mode: GenerateMode;
  readonly now: Date;
}

/**
 * Gives everything that was generated to the user: it stays and works, but nothing says any more that it is devgen's.
 * The markers of blocks, the line about the owner and the manifest go; edits stay.
 */
export async function ejectProject({ root: folder, mode, now }: EjectOptions): Promise<GenerateReport> {
  const root = realpathSync(folder);
  const stored = readManifest(root);
  if (!stored.ok) return refusedReport(stored.error);
  const { manifest, content } = stored.value;
  const paths = manifest.files.map((entry) => ({ path: entry.path, executable: entry.mode === '755' }));
  const disk = readDisk(root, paths);
  const steps = manifest.files.map((entry) => releaseStep(entry, disk.get(entry.path)));
  if (content !== null) {
    steps.push({ kind: 'remove', path: MANIFEST_PATH, before: content, mode: 0o644, keepCopy: false });
  }
  return carryOut({ root, mode, now, steps, notices: [] });
}

function releaseStep({ path, kind }: ManifestEntry, disk: DiskEntry = { kind: 'missing' }): Step {
  if (disk.kind === 'missing') return { kind: 'unchanged', path };
  if (disk.kind === 'blocked' || kind === 'seed') return { kind: 'release', path };
  const text = disk.content.toString('latin1');
  const released = kind === 'file' ? releaseText(text) : partEditor(kind).unwrap(text);
  if (released === text) return { kind: 'release', path };
  const content = Buffer.from(released, 'latin1');
  return { kind: 'update', path, before: disk.content, content, mode: disk.mode, keepCopy: kind !== 'file' };
}
