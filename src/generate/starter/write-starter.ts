import { readdirSync, realpathSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import type { DiskEntry } from '../../manifest/disk-entry.ts';
import { readDisk } from '../../manifest/read-disk.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import { carryOut } from '../carry-out.ts';
import type { Step } from '../engine/step.ts';
import type { GenerateMode, GenerateReport } from '../report.ts';
import { STARTERS, type StarterName } from './starters.ts';

export interface StarterOptions {
  readonly root: string;
  readonly name: StarterName;
  /** Folder of the literal texts. */
  readonly templates: string;
  readonly mode: GenerateMode;
  readonly now: Date;
}

interface StarterFile {
  /** Relative to the root. */
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Writes a minimal app, the user's own from then on: no file that is there already is touched, and then none is
 * written.
 */
export function writeStarter({ root: folder, name, templates, mode, now }: StarterOptions): Promise<GenerateReport> {
  const root = realpathSync(folder);
  const files = STARTERS[name].parts.flatMap((part) => filesOf(join(templates, 'apps', part.app), part.folder));
  const disk = readDisk(
    root,
    files.map(({ path }) => ({ path, executable: false })),
  );
  const steps = files.map((file) => stepFor(file, disk.get(file.path)));
  return carryOut({ root, mode, now, steps, notices: [] });
}

/** npm packs no file called `.gitignore`: it lies there without its dot. */
function filesOf(app: string, folder: string): StarterFile[] {
  return readdirSync(app, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const path = relative(app, file)
        .split(sep)
        .join('/')
        .replace(/^gitignore$/, '.gitignore');
      return { path: posix.join(folder, path), content: readRegularFile(file) };
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function stepFor({ path, content }: StarterFile, disk: DiskEntry = { kind: 'missing' }): Step {
  switch (disk.kind) {
    case 'missing':
      return { kind: 'create', path, content, mode: 0o644 };
    case 'blocked':
      return { kind: 'refuse', path, reason: disk.reason, diff: null };
    case 'file':
      return disk.content.equals(content)
        ? { kind: 'unchanged', path }
        : { kind: 'refuse', path, reason: 'not-ours', diff: null };
  }
}
