import { realpathSync } from 'node:fs';
import { readManifest } from '../manifest/read-manifest.ts';
import { type GenerateOptions, generateWith } from './generate.ts';
import { type GenerateReport, refusedReport } from './report.ts';

export interface UpgradeReport extends GenerateReport {
  /** The devgen that wrote what is here. */
  readonly from: string;
  readonly to: string;
}

/**
 * Brings what another version of devgen generated to this one: the vendored runtime and every other file is replaced,
 * edited ones are refused, and the manifest names this version even when nothing else changes.
 */
export async function upgradeProject(options: GenerateOptions): Promise<UpgradeReport> {
  const stored = readManifest(realpathSync(options.root));
  const versions = { from: stored.ok ? stored.value.manifest.devgen : options.version, to: options.version };
  if (stored.ok && stored.value.content === null) return { ...refusedReport([NOTHING]), ...versions };
  return { ...(await generateWith(options, 'always')), ...versions };
}

const NOTHING = {
  code: 'generate/nothing-to-upgrade',
  message: 'devgen has generated nothing here yet',
  hint: '`devgen init` does.',
} as const;
