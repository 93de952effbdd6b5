import type { DiskEntry } from '../../manifest/disk-entry.ts';
import type { ManifestEntry } from '../../manifest/manifest.ts';
import type { Step } from './step.ts';

/** `keep-copy`: what the user edited is replaced all the same, after a copy of it was made. */
export type Force = 'refuse' | 'keep-copy';

/** A step and what the next manifest says about its file; `null`: nothing. */
export interface Decision {
  readonly step: Step;
  readonly entry: ManifestEntry | null;
}

/** What is known about one file that nothing blocks. */
export interface Known {
  readonly disk: Exclude<DiskEntry, { kind: 'blocked' }>;
  /** As the last manifest has it. */
  readonly entry: ManifestEntry | undefined;
  readonly force: Force;
}
