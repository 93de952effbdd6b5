import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { runFolder } from './run-folder.ts';

const repository = dirname(dirname(import.meta.dirname));

/**
 * Puts `./dev` and the runtime into `root`. Hundreds of projects get links to one copy, because ext4 is slow to make
 * files for minutes after many were removed: a test that changes one of these files has to replace it.
 */
export function copyRuntime(root: string): void {
  const copy = join(runFolder(), 'runtime');
  if (!existsSync(copy)) makeCopy(copy);
  linkTree(copy, root);
}

/** Whole or not at all: other workers look at the same moment. */
function makeCopy(copy: string): void {
  const making = mkdtempSync(`${copy}-`);
  cpSync(join(repository, 'dist/runtime'), join(making, '.devgen/runtime'), { recursive: true });
  const launcher = readFileSync(join(repository, 'templates/dev'), 'utf8').replaceAll('@LAUNCHER@', 'dev');
  writeFileSync(join(making, 'dev'), launcher, { mode: 0o755 });
  try {
    renameSync(making, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error; // Another worker was faster.
    rmSync(making, { recursive: true });
  }
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const make = entry.isDirectory() ? linkTree : linkSync;
    make(join(from, entry.name), join(to, entry.name));
  }
}
