import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PathOf } from '../../manifest/emitted-files.ts';
import { dropBlock } from '../../manifest/managed-block.ts';
import { expectCodes } from '../../platform/error-code.ts';
import { readRegularFile } from '../../platform/regular-file.ts';
import { scanMakefile } from './scan-makefile.ts';

/** The Makefile that make reads in this folder, and what it and the files it includes define. */
export interface UserMakefile {
  /** `Makefile` where there is none yet. */
  readonly path: PathOf<'makefile'>;
  /** By name; `%` stands for any text, as in a pattern rule. */
  readonly targets: ReadonlySet<string>;
  /** Whether the user's own lines include our file: then it must not be included twice. */
  readonly includesOurs: boolean;
}

/** GNU make takes the first of these; a name counts letter by letter, even where the file system folds case. */
const LOOKUP_ORDER = ['GNUmakefile', 'makefile', 'Makefile'] as const;
export const OWN_MAKEFILE = '.devgen/devgen.mk';

/** Reads the Makefile and, as far as they are named literally, its includes; ours is left out. */
export async function readMakefiles(root: string): Promise<UserMakefile> {
  const names = new Set(readdirSync(root));
  const path = LOOKUP_ORDER.find((name) => names.has(name)) ?? 'Makefile';
  const targets = new Set<string>();
  let includesOurs = false;
  const queue: string[] = names.has(path) ? [path] : [];
  const seen = new Set<string>();
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const file = resolve(root, next);
    if (seen.has(file)) continue;
    seen.add(file);
    const scan = scanMakefile(dropBlock(readText(file)));
    for (const target of scan.targets) targets.add(target);
    for (const name of scan.includes.map((include) => include.replace(/^\.\//, ''))) {
      if (name === OWN_MAKEFILE) includesOurs = true;
      else queue.push(...(await expandWildcards(root, name)));
    }
  }
  return { path, targets, includesOurs };
}

async function expandWildcards(root: string, name: string): Promise<readonly string[]> {
  if (!/[*?[]/.test(name)) return [name];
  const { glob } = await import('zx');
  return (await glob(name, { cwd: root, dot: true })).filter((found) => found !== OWN_MAKEFILE).sort();
}

/** An include that is not there, or is a folder, defines nothing. */
function readText(file: string): string {
  try {
    return readRegularFile(file).toString('latin1');
  } catch (thrown) {
    expectCodes(thrown, ['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES', 'EFTYPE', 'EFBIG']);
    return '';
  }
}
