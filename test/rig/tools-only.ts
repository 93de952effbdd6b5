import { accessSync, constants, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Project } from './project.ts';

const NEEDED = ['sh', 'readlink', 'mkfifo', 'git'];

/** A PATH on which are Node and what devgen itself runs, and nothing else that this machine may have. */
export function toolsOnly(project: Project): string {
  const folder = join(project.root, '.tools');
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const name of NEEDED) {
    const found = (process.env.PATH ?? '')
      .split(delimiter)
      .map((each) => join(each, name))
      .find(isProgram);
    if (found !== undefined) symlinkSync(found, join(folder, name));
  }
  return folder;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
