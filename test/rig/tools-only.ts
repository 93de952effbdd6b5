import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../src/platform/find-program.ts';
import type { Project } from './project.ts';

const NEEDED = ['sh', 'readlink', 'mkfifo', 'git'];

/** A PATH on which are Node and what devgen itself runs, and nothing else that this machine may have. */
export function toolsOnly(project: Project): string {
  const folder = join(project.root, '.tools');
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const name of NEEDED) {
    const { kind, file } = findProgram(name, '/', process.env.PATH);
    if (kind === 'found') symlinkSync(file, join(folder, name));
  }
  return folder;
}
