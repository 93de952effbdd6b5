import { realpathSync } from 'node:fs';
import { readDisk } from '../../manifest/read-disk.ts';
import { readManifest } from '../../manifest/read-manifest.ts';
import { carryOut } from '../carry-out.ts';
import type { Force } from '../engine/decision.ts';
import type { WholeFile } from '../engine/desired-file.ts';
import { manifestStep } from '../engine/manifest-step.ts';
import { reconcile } from '../engine/reconcile.ts';
import { type GenerateMode, type GenerateReport, refusedReport } from '../report.ts';
import type { ExportFormat } from './export-format.ts';
import type { ExportedFile, Exporter } from './exporter.ts';
import { EXPORTERS } from './exporters.ts';

export interface WriteExportOptions {
  readonly root: string;
  readonly format: ExportFormat;
  readonly files: readonly ExportedFile[];
  readonly mode: GenerateMode;
  readonly force: Force;
  /** This devgen's version, for a manifest that is not there yet. */
  readonly version: string;
  readonly now: Date;
}

/**
 * Brings the exported files of one format up to date, all or none: those of a service that is gone are removed, what
 * the user wrote or edited is refused. Every other generated file stays as it is.
 */
export async function writeExport(options: WriteExportOptions): Promise<GenerateReport> {
  const { format, files, force, mode, now } = options;
  const root = realpathSync(options.root);
  const stored = readManifest(root);
  if (!stored.ok) return refusedReport(stored.error);
  const { manifest, content } = stored.value;
  const desired = files.map(wholeFile);
  const paths = [...manifest.files, ...desired].map(({ path }) => ({ path, executable: false }));
  const concerns = (path: string): boolean => isPlacedBy(EXPORTERS[format], path);
  const decisions = reconcile({ desired, manifest, disk: readDisk(root, paths), force, seeds: 'keep', concerns });
  // What else was generated is still from the version that wrote it.
  const version = content === null ? options.version : manifest.devgen;
  const ofManifest = manifestStep(decisions, { manifest, content, version, versionChanges: 'with-a-file' });
  return carryOut({ root, mode, now, steps: [...decisions.map(({ step }) => step), ofManifest], notices: [] });
}

function wholeFile({ path, text }: ExportedFile): WholeFile {
  return { kind: 'file', path, content: Buffer.from(text), executable: false };
}

function isPlacedBy({ place }: Exporter, path: string): boolean {
  return path === place || (place.endsWith('/') && path.startsWith(place));
}
