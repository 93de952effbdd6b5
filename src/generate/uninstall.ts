import { realpathSync } from 'node:fs';
import { MANIFEST_PATH } from '../manifest/project-path.ts';
import { readDisk } from '../manifest/read-disk.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { carryOut } from './carry-out.ts';
import type { Force } from './engine/decision.ts';
import { reconcile } from './engine/reconcile.ts';
import type { Step } from './engine/step.ts';
import { type GenerateMode, type GenerateReport, refusedReport } from './report.ts';

export interface UninstallOptions {
  readonly root: string;
  readonly mode: GenerateMode;
  /** `keep-copy`: edited files go too, copied first; else they stay and are reported as released. */
  readonly force: Force;
  /** `remove`: a config that `init` wrote and that was not edited goes too. */
  readonly config: 'keep' | 'remove';
  readonly now: Date;
}

/**
 * Takes out everything that the manifest names: files that devgen made are gone, the user's own are byte by byte what
 * they were. What the runtime wrote (`logs/`) and copies of edited files (`.devgen/backups/`) stay.
 */
export async function uninstallProject(options: UninstallOptions): Promise<GenerateReport> {
  const root = realpathSync(options.root);
  const stored = readManifest(root);
  if (!stored.ok) return refusedReport(stored.error);
  const { manifest, content } = stored.value;
  const paths = manifest.files.map(({ path, mode }) => ({ path, executable: mode === '755' }));
  const disk = readDisk(root, paths);
  const { force, config: seeds } = options;
  const decisions = reconcile({ desired: [], manifest, disk, force, seeds, concerns: () => true });
  const steps: Step[] = decisions.map(({ step }) => step);
  if (content !== null) {
    steps.push({ kind: 'remove', path: MANIFEST_PATH, before: content, mode: 0o644, keepCopy: false });
  }
  return carryOut({ root, mode: options.mode, now: options.now, steps, notices: [] });
}
