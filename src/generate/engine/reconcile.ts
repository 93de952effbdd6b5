import type { DiskEntry } from '../../manifest/disk-entry.ts';
import { entryOf, type Manifest, type ManifestEntry } from '../../manifest/manifest.ts';
import type { Decision, Force } from './decision.ts';
import type { DesiredFile, SeedFile } from './desired-file.ts';
import { dropOrphan } from './reconcile-orphan.ts';
import { reconcilePart } from './reconcile-part.ts';
import { reconcileWhole } from './reconcile-whole.ts';
import type { Step } from './step.ts';

export interface Situation {
  readonly desired: readonly DesiredFile[];
  readonly manifest: Manifest;
  /** What lies at every desired path and every path of the manifest. */
  readonly disk: ReadonlyMap<string, DiskEntry>;
  /** `keep-copy`: what the user edited is replaced all the same, after a copy of it was made. */
  readonly force: Force;
  /** Which of the manifest's files this is about; the others stay as they are. */
  readonly concerns: (path: string) => boolean;
  /** Seeds that are no longer desired; `remove` spares edited ones. */
  readonly seeds: 'keep' | 'remove';
}

/** Decides, for every file that is wanted or was written before, what is to be done. In the order of the paths. */
export function reconcile(situation: Situation): readonly Decision[] {
  const entries = new Map(situation.manifest.files.map((entry) => [entry.path, entry]));
  const wanted = new Set(situation.desired.map((file) => file.path));
  const decisions = situation.desired.map((file) => {
    const disk = situation.disk.get(file.path) ?? { kind: 'missing' };
    return reconcileFile(file, { disk, entry: entries.get(file.path), force: situation.force });
  });
  const orphans = situation.manifest.files.filter((entry) => !wanted.has(entry.path));
  for (const entry of orphans) {
    const disk = situation.disk.get(entry.path) ?? { kind: 'missing' };
    if (!situation.concerns(entry.path)) {
      decisions.push({ step: { kind: 'unchanged', path: entry.path }, entry });
      continue;
    }
    decisions.push(
      entry.kind === 'seed' && situation.seeds === 'keep'
        ? keepSeed(entry, disk)
        : dropOrphan(entry, disk, situation.force),
    );
  }
  return decisions.sort((one, other) => (one.step.path < other.step.path ? -1 : 1));
}

interface Known {
  readonly disk: DiskEntry;
  readonly entry: ManifestEntry | undefined;
  readonly force: Force;
}

function reconcileFile(file: DesiredFile, known: Known): Decision {
  if (known.disk.kind === 'blocked') {
    const step: Step = { kind: 'refuse', path: file.path, reason: known.disk.reason, diff: null };
    return { step, entry: known.entry ?? null };
  }
  switch (file.kind) {
    case 'file':
      return reconcileWhole(file, { ...known, disk: known.disk });
    case 'seed':
      return reconcileSeed(file, known);
    default:
      return reconcilePart(file, { ...known, disk: known.disk });
  }
}

/** Written once: whatever is there already is the user's. */
function reconcileSeed(file: SeedFile, { disk, entry }: Known): Decision {
  if (disk.kind !== 'missing') return { step: { kind: 'unchanged', path: file.path }, entry: entry ?? null };
  return {
    step: { kind: 'create', path: file.path, content: file.content, mode: 0o644 },
    entry: entryOf({ path: file.path, kind: 'seed', content: file.content, mode: '644', created: true, end: 'closed' }),
  };
}

function keepSeed(entry: ManifestEntry, disk: DiskEntry): Decision {
  return { step: { kind: 'unchanged', path: entry.path }, entry: disk.kind === 'missing' ? null : entry };
}
