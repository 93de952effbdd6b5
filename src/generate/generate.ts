import { realpathSync } from 'node:fs';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { EmitOptions } from '../manifest/emitted-files.ts';
import { isNewerVersion, type Manifest } from '../manifest/manifest.ts';
import { isExportPath, MANIFEST_PATH } from '../manifest/project-path.ts';
import { readDisk } from '../manifest/read-disk.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { modesToRecord } from '../manifest/recorded-modes.ts';
import { carryOut } from './carry-out.ts';
import { collapseFolders } from './collapse-folders.ts';
import type { CommandWords } from './emit/command-words.ts';
import type { Handed } from './emit/connections.ts';
import { desiredFiles } from './emit/desired-files.ts';
import { isWanted } from './emit/place-for.ts';
import type { ProjectFacts, Seed } from './emit/project-facts.ts';
import { readFacts } from './emit/read-facts.ts';
import type { Force } from './engine/decision.ts';
import type { DesiredFile } from './engine/desired-file.ts';
import { type ManifestChange, manifestStep } from './engine/manifest-step.ts';
import { reconcile } from './engine/reconcile.ts';
import type { Step } from './engine/step.ts';
import { ignoredByGit } from './ignored-by-git.ts';
import { leaveOut } from './leave-out.ts';
import { makeTargets } from './make/make-targets.ts';
import { definesTarget } from './make/scan-makefile.ts';
import type { ProjectOutline } from './project-names.ts';
import { type GenerateMode, type GenerateReport, type Notice, refusedReport } from './report.ts';

export interface GenerateOptions {
  readonly root: string;
  readonly plan: ProjectOutline;
  /** The commands of `./dev`, for shell completion; none: no completion is generated. */
  readonly commands: readonly CommandWords[];
  /** What dev servers hand on to other services, by their own configs. */
  readonly proxies: readonly Handed[];
  readonly emit: EmitOptions;
  /** What the launcher is called. */
  readonly launcher: string;
  /** A config to be written where there is none yet; `null`: the project has one. */
  readonly seed: Seed | null;
  /** JSON Schema of what `--json` prints. */
  readonly outputSchema: string;
  /** Folder of the built runtime that is vendored. */
  readonly runtimeSource: string;
  /** Folder of the literal texts. */
  readonly templates: string;
  readonly mode: GenerateMode;
  readonly force: Force;
  /** This devgen's version, for the manifest. */
  readonly version: string;
  readonly now: Date;
}

/** Brings everything that is generated up to date: all of it, or, when one file is refused, nothing. */
export function generateProject(options: GenerateOptions): Promise<GenerateReport> {
  return generateWith(options, 'with-a-file');
}

/** The same, saying when the version in the manifest changes. */
export async function generateWith(
  options: GenerateOptions,
  versionChanges: ManifestChange['versionChanges'],
): Promise<GenerateReport> {
  const root = realpathSync(options.root);
  const stored = readManifest(root);
  if (!stored.ok) return refusedReport(stored.error);
  const { manifest, content } = stored.value;
  if (isNewerVersion(manifest.devgen, options.version) && options.force === 'refuse') {
    return refusedReport([olderDevgen(manifest.devgen, options.version)]);
  }
  const facts = await readFacts({ ...options, root });
  const wanted = desiredFiles(facts);
  const disk = readDisk(root, pathsOf(wanted, manifest));
  const { desired, leftOut } = leaveOut(wanted, disk);
  const concerns = (path: string): boolean => !isExportPath(path);
  const decisions = reconcile({ desired, manifest, disk, force: options.force, seeds: 'keep', concerns });
  const { version } = options;
  const ofManifest = manifestStep(decisions, { manifest, content, version, versionChanges });
  const steps = [...decisions.map(({ step }) => step), ofManifest];
  const notices = [...(await noticesFor(root, facts, steps)), ...modeNotices(root, desired), ...leftOut];
  return carryOut({ root, mode: options.mode, now: options.now, steps, notices });
}

function pathsOf(desired: readonly DesiredFile[], manifest: Manifest): { path: string; executable: boolean }[] {
  const wanted = desired.map((file) => ({ path: file.path, executable: file.kind === 'file' && file.executable }));
  const written = manifest.files.map(({ path, mode }) => ({ path, executable: mode === '755' }));
  return [...written, ...wanted];
}

async function noticesFor(root: string, facts: ProjectFacts, steps: readonly Step[]): Promise<Notice[]> {
  const notices: Notice[] = [];
  const { makefile, versionControl } = facts.repository;
  const { taken } = makeTargets(facts.plan, (name) => definesTarget(makefile.targets, name));
  if (isWanted('makefile', facts.emit, facts.repository) && taken.length > 0) {
    notices.push({ kind: 'targets-taken', makefile: makefile.path, names: taken });
  }
  const created = steps.filter((step) => step.kind === 'create').map((step) => step.path);
  const ignored = versionControl === 'git' ? await ignoredByGit(root, created) : [];
  if (ignored.length > 0) notices.push({ kind: 'ignored-by-git', paths: collapseFolders(ignored, created) });
  return notices;
}

function modeNotices(root: string, desired: readonly DesiredFile[]): readonly Notice[] {
  const scripts = desired.filter((file) => file.kind === 'file' && file.executable).map(({ path }) => path);
  const paths = modesToRecord(root, scripts);
  return paths.length === 0 ? [] : [{ kind: 'modes-lost', paths }];
}

function olderDevgen(written: string, version: string): Diagnostic {
  return {
    code: 'generate/older-devgen',
    message: `the files here were written by devgen ${written}, this is ${version}`,
    hint: 'Update devgen, or go back to this version with `--force`.',
    place: { file: MANIFEST_PATH },
  };
}
